/** Largest payload whose length fits the frame's first length field, and the 16-bit one (RFC 6455 §5.2). */
const SMALL = 125
const MEDIUM = 65_535

/**
 * A whole WebSocket text frame as a server sends it: header and UTF-8 payload in one buffer. Made once, it can be
 * written to any number of sockets as it is, which halves the cost of fan-out.
 */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const offset = length <= SMALL ? 2 : length <= MEDIUM ? 4 : 10
  const frame = Buffer.allocUnsafe(offset + length)
  // FIN and opcode 1; the mask bit of the second byte stays 0, because servers do not mask.
  frame[0] = 0x81
  if (offset === 2) frame[1] = length
  else if (offset === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.write(text, offset, 'utf8')
  return frame
}
