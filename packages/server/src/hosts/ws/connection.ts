import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { Flushable, FlushQueue } from './flush-queue.ts'

/** What is known of the client before it says anything. */
export interface ConnectionOrigin {
  readonly address: string
  readonly userAgent: string
  /** Value of the `session` cookie, if it came with the upgrade. */
  readonly sessionToken: string | undefined
}

/**
 * One open socket as dialects see it. Frames go out in the order of `send`, batched per turn of the event loop.
 * Back-pressure: beyond the high-water mark `congested` is true and nothing is read until the socket has drained.
 */
export class Connection implements Flushable {
  readonly origin: ConnectionOrigin
  /** `performance.now()` of the upgrade. */
  readonly openedAt = performance.now()
  /** Bytes of frames handed to the socket. */
  bytesSent = 0
  readonly #socket: WebSocket
  readonly #transport: Socket
  readonly #flushQueue: FlushQueue
  readonly #highWater: number
  #corked = false
  #congested = false
  #overloaded = false

  constructor(
    socket: WebSocket,
    transport: Socket,
    origin: ConnectionOrigin,
    flushQueue: FlushQueue,
    highWater: number,
  ) {
    this.#socket = socket
    this.#transport = transport
    this.origin = origin
    this.#flushQueue = flushQueue
    this.#highWater = highWater
  }

  /** True while more than the high-water mark is unsent. Droppable frames must wait; replies may still be sent. */
  get congested(): boolean {
    return this.#congested
  }

  get open(): boolean {
    return this.#socket.readyState === this.#socket.OPEN
  }

  /**
   * Sends one frame made by `textFrame`; the same buffer may go to many sockets. Ignored once the socket closes.
   * It goes to the transport directly: without compression `ws` writes its own frames whole and at once too, so the two
   * never mix within a frame.
   */
  send(frame: Buffer): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return
    if (!this.#corked) {
      this.#corked = true
      this.#transport.cork()
      this.#flushQueue.add(this)
    }
    this.bytesSent += frame.length
    this.#transport.write(frame)
    if (!this.#congested && this.#transport.writableLength > this.#highWater) {
      this.#congested = true
      this.#updateReading()
    }
  }

  flush(): void {
    this.#corked = false
    this.#transport.uncork()
  }

  /** Ends congestion; called when everything unsent has left. Tells whether there was any. */
  noteDrained(): boolean {
    if (!this.#congested) return false
    this.#congested = false
    this.#updateReading()
    return true
  }

  /** Stops reading while a dialect has too much work of this socket under way. */
  set overloaded(value: boolean) {
    if (value === this.#overloaded) return
    this.#overloaded = value
    this.#updateReading()
  }

  #updateReading(): void {
    if (this.#congested || this.#overloaded) this.#socket.pause()
    else this.#socket.resume()
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason)
  }
}
