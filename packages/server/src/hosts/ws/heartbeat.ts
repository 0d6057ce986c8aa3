/**
 * Finds dead peers: a ping each interval, and an end to sockets from which nothing came and to which nothing could be
 * written since two pings. Bytes leaving a backlog count as life, so a slow reader is not taken for a dead one.
 */
import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'

interface Pulse {
  missed: number
  bytesRead: number
  bytesDrained: number
  backlog: boolean
}

const MAX_MISSED = 2

export class Heartbeat implements Disposable {
  readonly #pulses = new Map<WebSocket, { readonly transport: Socket; readonly pulse: Pulse }>()
  readonly #timer: NodeJS.Timeout

  constructor(intervalMs: number) {
    this.#timer = setInterval(() => this.beat(), intervalMs)
    this.#timer.unref()
  }

  watch(socket: WebSocket, transport: Socket): void {
    this.#pulses.set(socket, { transport, pulse: { missed: 0, bytesRead: 0, bytesDrained: 0, backlog: false } })
  }

  forget(socket: WebSocket): void {
    this.#pulses.delete(socket)
  }

  /** One round; the timer calls it. */
  beat(): void {
    for (const [socket, { transport, pulse }] of this.#pulses) {
      const read = transport.bytesRead
      const drained = transport.bytesWritten - transport.writableLength
      const alive = read !== pulse.bytesRead || (pulse.backlog && drained > pulse.bytesDrained)
      pulse.bytesRead = read
      pulse.bytesDrained = drained
      pulse.backlog = transport.writableLength > 0
      pulse.missed = alive ? 0 : pulse.missed + 1
      if (pulse.missed >= MAX_MISSED) socket.terminate()
      else if (socket.readyState === socket.OPEN) socket.ping()
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
    this.#pulses.clear()
  }
}
