/** Limits of the WebSocket host. Each is documented, and answered when it bites: nothing is dropped in silence. */
export interface SocketLimits {
  /** Bytes of one frame from a client; a longer one closes the socket with 1009. */
  readonly maxFrame: number
  /** Unsent bytes at which a socket stops being written to and read from until it has drained. */
  readonly highWater: number
  /** Open sockets of one address. */
  readonly perAddress: number
  /** Open sockets of one person. */
  readonly perUser: number
  /** Frames per second and at once, not counting messages, which have their own limit per person. */
  readonly frames: { readonly perSecond: number; readonly burst: number }
  /** Refused frames in a row after which the socket is closed. */
  readonly maxRefused: number
  /** Milliseconds between protocol pings; a socket silent for two of them is ended. */
  readonly heartbeat: number
  /** Milliseconds a socket may stay without a session. */
  readonly authDeadline: number
}

export const defaultSocketLimits: SocketLimits = {
  maxFrame: 1_048_576,
  highWater: 1_048_576,
  perAddress: 10_000,
  perUser: 5_000,
  frames: { perSecond: 50, burst: 300 },
  maxRefused: 1_000,
  heartbeat: 30_000,
  authDeadline: 10_000,
}
