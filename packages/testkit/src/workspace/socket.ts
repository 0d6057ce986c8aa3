/** One WebSocket connection to the Workspace, as a test sees it. */
import type { ClientFrame, Message, ServerFrame } from '@parley/protocol/workspace'
import { WebSocket } from 'ws'
import { FrameJournal } from './frame-journal.ts'

export interface WorkspaceSocketOptions {
  readonly baseUrl: string
  readonly cookie?: string
  /** Sent as `Origin`; absent like a script, not a browser. */
  readonly origin?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Milliseconds. */
  readonly openTimeout?: number
}

export interface CloseInfo {
  readonly code: number
  readonly reason: string
}

/** The upgrade was refused with an HTTP status. */
export class UpgradeRefused extends Error {
  override readonly name = 'UpgradeRefused'
  readonly status: number
  constructor(status: number) {
    super(`The upgrade was refused with ${status}`)
    this.status = status
  }
}

interface Waiter {
  readonly test: () => boolean
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

const PATIENCE = 8_000

export class WorkspaceSocket {
  readonly journal: FrameJournal
  /** Bytes of frame payloads received. */
  bytes = 0
  readonly #ws: WebSocket
  readonly #waiters = new Set<Waiter>()
  #closed: CloseInfo | undefined

  private constructor(ws: WebSocket, journal: FrameJournal) {
    this.#ws = ws
    this.journal = journal
    ws.on('message', (data: Buffer) => {
      this.bytes += data.length
      this.journal.add(JSON.parse(data.toString('utf8')) as ServerFrame)
      this.#check()
    })
    ws.on('close', (code, reason) => {
      this.#closed = { code, reason: reason.toString('utf8') }
      this.#check()
    })
    ws.on('error', () => {})
  }

  /** Connects. Throws {@link UpgradeRefused}. Nothing is sent yet. A journal of an earlier connection may be continued. */
  static open(options: WorkspaceSocketOptions, journal = new FrameJournal()): Promise<WorkspaceSocket> {
    const url = `${options.baseUrl.replace(/^http/, 'ws')}/ws`
    const ws = new WebSocket(url, {
      perMessageDeflate: false,
      handshakeTimeout: options.openTimeout ?? PATIENCE,
      headers: { ...(options.cookie === undefined ? {} : { cookie: options.cookie }), ...options.headers },
      ...(options.origin === undefined ? {} : { origin: options.origin }),
    })
    const socket = new WorkspaceSocket(ws, journal)
    return new Promise((resolve, reject) => {
      ws.once('open', () => resolve(socket))
      ws.once('unexpected-response', (request, response) => {
        response.resume()
        request.destroy()
        reject(new UpgradeRefused(response.statusCode ?? 0))
      })
      ws.once('error', reject)
    })
  }

  get frames(): readonly ServerFrame[] {
    return this.journal.frames
  }

  get closed(): CloseInfo | undefined {
    return this.#closed
  }

  send(frame: ClientFrame): void {
    this.sendRaw(JSON.stringify(frame))
  }

  sendRaw(data: string | Uint8Array): void {
    this.#ws.send(data)
  }

  /** Authenticates; without a token the cookie of the upgrade counts. Returns the user id. */
  async auth(token?: string): Promise<string> {
    const since = this.frames.length
    this.send(token === undefined ? { type: 'auth' } : { type: 'auth', token })
    return (await this.next('auth_ok', () => true, { since })).userId
  }

  /** Subscribes and returns the head at that moment. Rejects when an error frame answers. */
  async subscribe(
    channelId: string,
    options: { readonly after?: number; readonly offsets?: Record<string, number> } = {},
  ): Promise<number> {
    const since = this.frames.length
    this.send({ type: 'subscribe', channelId, ...options })
    const frame = await this.waitFor(
      (f) => (f.type === 'subscribed' || f.type === 'error') && f.channelId === channelId,
      { since, what: `answer to subscribe ${channelId}` },
    )
    if (frame.type === 'error') throw new Error(`subscribe ${channelId}: ${frame.code} ${frame.error}`)
    return (frame as Extract<ServerFrame, { type: 'subscribed' }>).lastSeq
  }

  /** First frame (received from index `since` on) for which `test` holds; waits for it. */
  async waitFor(
    test: (frame: ServerFrame) => boolean,
    options: { readonly timeout?: number; readonly since?: number; readonly what?: string } = {},
  ): Promise<ServerFrame> {
    let index = options.since ?? 0
    let found: ServerFrame | undefined
    await this.until(
      () => {
        while (found === undefined && index < this.frames.length) {
          const frame = this.frames[index++] as ServerFrame
          if (test(frame)) found = frame
        }
        return found !== undefined
      },
      options.what ?? `a frame matching ${test}`,
      options.timeout,
    )
    return found as ServerFrame
  }

  /** The next frame of one type that also satisfies `test`. */
  async next<T extends ServerFrame['type']>(
    type: T,
    test: (frame: Extract<ServerFrame, { type: T }>) => boolean = () => true,
    options: { readonly timeout?: number; readonly since?: number } = {},
  ): Promise<Extract<ServerFrame, { type: T }>> {
    const frame = await this.waitFor((f) => f.type === type && test(f as Extract<ServerFrame, { type: T }>), {
      what: `${type} matching ${test}`,
      ...options,
    })
    return frame as Extract<ServerFrame, { type: T }>
  }

  /** Waits until `condition` holds; it is asked after every frame. */
  until(condition: () => boolean, what: string, timeout = PATIENCE): Promise<void> {
    if (condition()) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const done = (settle: () => void): void => {
        clearTimeout(timer)
        this.#waiters.delete(waiter)
        settle()
      }
      const waiter: Waiter = {
        test: condition,
        resolve: () => done(resolve),
        reject: (error) => done(() => reject(error)),
      }
      const timer = setTimeout(() => waiter.reject(this.#complaint(`No ${what} within ${timeout} ms`)), timeout)
      this.#waiters.add(waiter)
      if (this.#closed !== undefined) this.#check()
    })
  }

  /** The finished row of an answer (its `message` frame, or an update, that is no longer streaming). */
  async finished(messageId: string, timeout?: number): Promise<Message> {
    await this.until(
      () => {
        const row = this.journal.row(messageId)
        return row !== undefined && row.metadata.answer?.status !== 'streaming'
      },
      `finished answer ${messageId}`,
      timeout,
    )
    return this.journal.row(messageId) as Message
  }

  /** The finished answers to one message, in log order, once there are `count` of them. */
  async answersTo(triggerId: string, count = 1, timeout?: number): Promise<Message[]> {
    const answers = (): Message[] =>
      this.journal
        .all()
        .filter(({ metadata: { answer } }) => answer?.triggerId === triggerId && answer.status !== 'streaming')
    await this.until(() => answers().length >= count, `${count} finished answers to ${triggerId}`, timeout)
    return answers()
  }

  /** Stops taking bytes off the wire, like a phone on a bad line. */
  stall(): void {
    this.#ws.pause()
  }

  resume(): void {
    this.#ws.resume()
  }

  /** Waits until the connection has ended, by whichever side. */
  async gone(timeout = PATIENCE): Promise<CloseInfo> {
    const deadline = Date.now() + timeout
    while (this.#closed === undefined) {
      if (Date.now() > deadline) throw this.#complaint(`The socket is still open after ${timeout} ms`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    return this.#closed
  }

  /** Drops the connection without a close handshake. */
  terminate(): void {
    this.#ws.terminate()
  }

  async close(): Promise<void> {
    this.#ws.close()
    const forced = setTimeout(() => this.#ws.terminate(), 1_000)
    await this.gone()
    clearTimeout(forced)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed === undefined) this.#ws.terminate()
  }

  #check(): void {
    for (const waiter of [...this.#waiters]) {
      if (waiter.test()) waiter.resolve()
      else if (this.#closed !== undefined) {
        waiter.reject(this.#complaint(`The socket closed (${this.#closed.code} ${this.#closed.reason}) while waiting`))
      }
    }
  }

  #complaint(text: string): Error {
    return new Error(`${text}; ${this.journal.dump()}`)
  }
}
