import type { ChannelMessage } from '@parley/core'
import type { ServerFrame } from '@parley/protocol/workspace'
import { textFrame } from '../../../hosts/ws/index.ts'
import { messageToWire } from '../wire/message.ts'

/** Serialises a frame once; the bytes may go to any number of sockets. */
export function encodeFrame(frame: ServerFrame): Buffer {
  return textFrame(JSON.stringify(frame))
}

export function encodeMessage(message: ChannelMessage): Buffer {
  return textFrame(`{"type":"message","data":${JSON.stringify(messageToWire(message))}}`)
}

export function encodeMessageUpdated(message: ChannelMessage, seq: number): Buffer {
  return textFrame(
    `{"type":"message_updated","data":{"message":${JSON.stringify(messageToWire(message))},"seq":${seq}}}`,
  )
}

/** Hot: ids and numbers of our own need no escaping, the client's `ref` does. */
export function encodeSent(ref: string, id: string, seq: number): Buffer {
  return textFrame(`{"type":"sent","ref":${JSON.stringify(ref)},"id":"${id}","seq":${seq}}`)
}
