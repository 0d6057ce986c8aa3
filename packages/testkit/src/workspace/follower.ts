/**
 * A client on a bad line: follows one channel for ever, reconnects, resumes from its cursor and its stream offsets,
 * and repeats unanswered sends under the same client id. What it holds in the end is what a careful client would hold.
 */
import { randomUUID } from 'node:crypto'
import type { Message, SentFrame, ServerFrame } from '@parley/protocol/workspace'
import type { WorkspaceClient } from './client.ts'
import { FrameJournal } from './frame-journal.ts'
import { WorkspaceSocket } from './socket.ts'

export interface FollowerOptions {
  /** Logged in; its address may be that of a proxy. */
  readonly client: WorkspaceClient
  readonly channelId: string
  /** Milliseconds between attempts to connect. */
  readonly retryDelay?: number
}

interface Outgoing {
  readonly ref: string
  readonly content: string
  readonly resolve: (sent: SentFrame) => void
}

export class WorkspaceFollower {
  readonly journal = new FrameJournal()
  /** Connections that reached `subscribed`. */
  connections = 0
  readonly #options: FollowerOptions
  readonly #outbox = new Map<string, Outgoing>()
  readonly #stopping = new AbortController()
  readonly #loop: Promise<void>
  #socket: WorkspaceSocket | undefined
  #cursor = 0
  #applied = 0

  constructor(options: FollowerOptions) {
    this.#options = options
    this.#loop = this.#run()
  }

  /** Newest log position seen. */
  get cursor(): number {
    return this.#cursor
  }

  /** The channel as this client knows it, ascending. */
  get rows(): Message[] {
    return this.journal.rows(this.#options.channelId)
  }

  /** Sends until the server says `sent`; survives reconnects. */
  send(content: string): Promise<SentFrame> {
    const ref = randomUUID()
    return new Promise((resolve) => {
      const outgoing: Outgoing = { ref, content, resolve }
      this.#outbox.set(ref, outgoing)
      this.#push(outgoing)
    })
  }

  /** Drops the connection as a dead network would. */
  drop(): void {
    this.#socket?.terminate()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort()
    this.#socket?.terminate()
    await this.#loop
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#session()
      } catch {
        // Refused, cut or half a handshake: the next attempt decides.
      }
      this.#socket?.terminate()
      this.#socket = undefined
      if (!this.#stopping.signal.aborted) await new Promise((r) => setTimeout(r, this.#options.retryDelay ?? 20))
    }
  }

  async #session(): Promise<void> {
    const { client, channelId } = this.#options
    const cookie = client.cookies.header() ?? ''
    const socket = await WorkspaceSocket.open({ baseUrl: client.baseUrl, cookie, openTimeout: 3_000 }, this.journal)
    this.#socket = socket
    const since = this.journal.frames.length
    socket.send({ type: 'auth' })
    await socket.next('auth_ok', () => true, { since, timeout: 3_000 })
    await socket.subscribe(channelId, { after: this.#cursor, offsets: this.#offsets() })
    this.connections++
    for (const outgoing of this.#outbox.values()) this.#push(outgoing)
    await socket.until(
      () => {
        this.#apply()
        return this.#stopping.signal.aborted
      },
      'end of the session',
      2 ** 31 - 1,
    )
  }

  #apply(): void {
    while (this.#applied < this.journal.frames.length)
      this.#applyFrame(this.journal.frames[this.#applied++] as ServerFrame)
  }

  #applyFrame(frame: ServerFrame): void {
    const { channelId } = this.#options
    if (frame.type === 'message' && frame.data.channelId === channelId) this.#advance(frame.data.seq)
    else if (frame.type === 'message_updated' && frame.data.message.channelId === channelId)
      this.#advance(frame.data.seq)
    else if (frame.type === 'stream_start' && frame.data.channelId === channelId) this.#advance(frame.data.seq ?? 0)
    else if (frame.type === 'lagged' && frame.data.channelId === channelId) {
      void this.#reload()
    } else if (frame.type === 'sent') {
      this.#outbox.get(frame.ref)?.resolve(frame)
      this.#outbox.delete(frame.ref)
    }
  }

  /** Too far behind for the socket: reads the whole channel by HTTP, as the `lagged` frame asks, and goes on from there. */
  async #reload(): Promise<void> {
    const { client, channelId } = this.#options
    try {
      const { lastSeq } = await client.page(channelId, { limit: 1 })
      this.journal.replace(channelId, await client.history(channelId))
      this.#advance(lastSeq)
      this.#socket?.send({ type: 'subscribe', channelId, after: this.#cursor, offsets: this.#offsets() })
    } catch {
      // The line broke again; so the next connection is told that it lags.
      this.#socket?.terminate()
    }
  }

  #advance(seq: number): void {
    this.#cursor = Math.max(this.#cursor, seq)
  }

  #offsets(): Record<string, number> {
    const offsets: Record<string, number> = {}
    for (const frame of this.journal.frames) {
      if (frame.type !== 'stream_start' || this.journal.ended(frame.data.messageId)) continue
      offsets[frame.data.messageId] = this.journal.streamed(frame.data.messageId)?.length ?? 0
    }
    return offsets
  }

  #push({ ref, content }: Outgoing): void {
    try {
      this.#socket?.send({
        type: 'send',
        channelId: this.#options.channelId,
        content,
        messageType: 'text',
        clientId: ref,
        ref,
      })
    } catch {
      // Not connected: sent again after the next `subscribed`.
    }
  }
}
