/** One socket speaking the Workspace dialect: who it is, what it follows, what it sent that is not answered yet. */
import type { Logger } from '@parley/base'
import type { Caller } from '@parley/core'
import { type ClientFrame, closeCodes } from '@parley/protocol/workspace'
import { hostErrors } from '../../../hosts/errors.ts'
import { toPublicError } from '../../../hosts/public-error.ts'
import { type Connection, type DialectSession, type SocketLimits, TokenBucket } from '../../../hosts/ws/index.ts'
import { workspaceErrors } from '../errors.ts'
import { encodeFrame, encodeSent } from './encode-frame.ts'
import { FrameQueue } from './frame-queue.ts'
import { FrameError, type FrameSubject, parseFrame, type SendFrame } from './parse-frame.ts'
import type { PersonSocket } from './person-sockets.ts'
import type { SocketPorts } from './socket-ports.ts'
import { Subscriptions } from './subscriptions.ts'

/** `send` frames of one socket under way at once; more are not read until some are stored. */
const MAX_IN_FLIGHT = 256
/** Frames of one socket waiting behind a slow one. */
const MAX_WAITING = 512
/** Least milliseconds between two relayed `typing` frames of one socket. */
const TYPING_INTERVAL_MS = 1_000

const pongFrame = encodeFrame({ type: 'pong' })

interface Identity {
  caller: Caller
  readonly token: string
  readonly leave: () => void
}

export class SocketSession implements DialectSession, PersonSocket {
  readonly connection: Connection
  readonly #ports: SocketPorts
  readonly #limits: SocketLimits
  readonly #logger: Logger
  readonly #queue: FrameQueue
  readonly #frames: TokenBucket
  readonly #subscriptions: Subscriptions
  readonly #deadline: NodeJS.Timeout
  #identity: Identity | undefined
  #closed = false
  #inFlight = 0
  #refused = 0
  #missed = false
  #lastTyping = Number.NEGATIVE_INFINITY

  constructor(connection: Connection, ports: SocketPorts, limits: SocketLimits, logger: Logger) {
    this.connection = connection
    this.#ports = ports
    this.#limits = limits
    this.#logger = logger
    this.#frames = new TokenBucket(limits.frames.perSecond, limits.frames.burst, performance.now())
    this.#queue = new FrameQueue(
      (text) => this.#handle(text),
      MAX_WAITING,
      (full) => this.#setLoad({ full }),
    )
    this.#subscriptions = new Subscriptions(this, ports)
    const remaining = connection.openedAt + limits.authDeadline - performance.now()
    this.#deadline = setTimeout(() => void this.#onDeadline(), Math.max(0, remaining))
  }

  get caller(): Caller {
    return (this.#identity as Identity).caller
  }

  get userId(): string {
    return this.caller.userId
  }

  isFollowing(channelId: string): boolean {
    return this.#subscriptions.has(channelId)
  }

  noteMissed(): void {
    this.#missed = true
  }

  receive(text: string): void {
    if (!this.#closed) this.#queue.push(text)
  }

  drained(): void {
    this.#subscriptions.resumeAll()
    if (!this.#missed) return
    this.#missed = false
    for (const topic of ['channels', 'agents', 'settings', 'users'] as const) {
      this.connection.send(encodeFrame({ type: 'changed', data: { topic } }))
    }
  }

  closed(): void {
    this.#closed = true
    clearTimeout(this.#deadline)
    this.#queue.clear()
    this.#subscriptions.endAll()
    this.#identity?.leave()
  }

  async recheckSession(): Promise<void> {
    const identity = this.#identity
    if (identity === undefined) return
    const caller = await this.#authenticate([identity.token])
    if (this.#closed) return
    if (caller === undefined) this.#end(closeCodes.sessionEnded, workspaceErrors.session_ended())
    else identity.caller = caller.caller
  }

  recheckSubscriptions(): Promise<void> {
    return this.#subscriptions.recheck()
  }

  #handle(text: string): Promise<void> | undefined {
    if (this.#closed) return undefined
    let frame: ClientFrame
    try {
      frame = parseFrame(text)
    } catch (error) {
      if (!(error instanceof FrameError)) throw error
      if (this.#withinRate({})) this.#refuse(error.problem, error.subject)
      return undefined
    }
    if (this.#identity === undefined) return this.#handleUnauthenticated(frame)
    return this.#dispatch(frame)
  }

  #dispatch(frame: ClientFrame): Promise<void> | undefined {
    if (frame.type === 'send') {
      const work = this.#send(frame)
      return keepsItsPlace(frame) ? undefined : work
    }
    if (!this.#withinRate('channelId' in frame ? { channelId: frame.channelId } : {})) return undefined
    // A subscription or a sign of writing may still be refused; the others are good by now.
    if (frame.type !== 'subscribe' && frame.type !== 'typing') this.#refused = 0
    switch (frame.type) {
      case 'ping':
        this.connection.send(pongFrame)
        return undefined
      case 'auth':
        this.#sendAuthOk()
        return undefined
      case 'subscribe':
        return this.#attempt({ channelId: frame.channelId }, () => this.#subscriptions.start(this.caller, frame))
      case 'unsubscribe':
        this.#subscriptions.stop(frame.channelId)
        this.connection.send(encodeFrame({ type: 'unsubscribed', channelId: frame.channelId }))
        return undefined
      case 'typing':
        this.#relayTyping(frame.channelId)
        return undefined
    }
  }

  /** Usually not awaited by the frame queue: many sends of one socket share a disk sync. */
  async #send(frame: SendFrame): Promise<void> {
    if (++this.#inFlight === MAX_IN_FLIGHT) this.#setLoad({})
    try {
      const { messageType, ref, type: _frame, ...message } = frame
      const posted = await this.#ports.messages.post(this.caller, { ...message, type: messageType })
      this.connection.send(encodeSent(ref, posted.id, posted.seq))
      this.#refused = 0
    } catch (error) {
      this.#refuse(error, { ref: frame.ref, channelId: frame.channelId })
    }
    if (--this.#inFlight === MAX_IN_FLIGHT / 2) this.#setLoad({})
  }

  async #handleUnauthenticated(frame: ClientFrame): Promise<void> {
    if (!this.#withinRate({})) return
    const tokens = [this.connection.origin.sessionToken, frame.type === 'auth' ? frame.token : undefined]
    const found = await this.#authenticate(tokens)
    if (this.#closed) return
    if (found === undefined) {
      if (frame.type === 'auth') this.#end(closeCodes.unauthorized, workspaceErrors.session_ended())
      else this.#refuse(workspaceErrors.session_required(), {})
      return
    }
    if (!this.#adopt(found)) return
    this.#sendAuthOk()
    if (frame.type !== 'auth') await this.#dispatch(frame)
  }

  async #onDeadline(): Promise<void> {
    if (this.#identity !== undefined) return
    const found = await this.#authenticate([this.connection.origin.sessionToken])
    if (this.#closed || this.#identity !== undefined) return
    if (found === undefined) this.#end(closeCodes.unauthorized, workspaceErrors.session_required())
    else this.#adopt(found)
  }

  async #authenticate(tokens: readonly (string | undefined)[]) {
    for (const token of tokens) {
      if (token === undefined || token === '') continue
      try {
        const caller = await this.#ports.sessions.authenticate(token, this.connection.origin.address)
        if (caller !== undefined) return { caller, token }
      } catch (error) {
        // A store that cannot be read is no proof that the session ended.
        this.#logger.error({ err: error }, 'session could not be read')
        return this.#identity
      }
    }
    return undefined
  }

  #adopt(found: { readonly caller: Caller; readonly token: string }): boolean {
    clearTimeout(this.#deadline)
    const identity: Identity = { ...found, leave: () => leave?.() }
    this.#identity = identity
    const leave = this.#ports.people.join(this)
    if (leave !== undefined) return true
    this.#end(1013, hostErrors.too_many_connections({ retryAfter: 10 }))
    return false
  }

  #sendAuthOk(): void {
    this.connection.send(encodeFrame({ type: 'auth_ok', userId: this.userId }))
  }

  #relayTyping(channelId: string): void {
    const feed = this.#subscriptions.feed(channelId)
    if (feed === undefined) return this.#refuse(workspaceErrors.not_subscribed(), { channelId })
    const now = performance.now()
    if (now - this.#lastTyping < TYPING_INTERVAL_MS) return
    this.#lastTyping = now
    feed.relayTyping(this)
  }

  async #attempt(subject: FrameSubject, work: () => Promise<void>): Promise<void> {
    try {
      await work()
      this.#refused = 0
    } catch (error) {
      this.#refuse(error, subject)
    }
  }

  /** Takes one frame from the allowance; a frame beyond it is answered, never dropped in silence. */
  #withinRate(subject: FrameSubject): boolean {
    const wait = this.#frames.take(performance.now())
    if (wait === 0) return true
    this.#refuse(hostErrors.too_many_frames({ retryAfter: wait / 1_000 }), subject)
    return false
  }

  #refuse(error: unknown, subject: FrameSubject): void {
    if (this.#closed) return
    this.connection.send(this.#errorFrame(error, subject))
    if (++this.#refused >= this.#limits.maxRefused) {
      this.#closed = true
      this.connection.close(closeCodes.tooManyErrors, 'Too many refused frames.')
    }
  }

  #end(code: number, error: Error): void {
    this.#closed = true
    this.connection.send(this.#errorFrame(error, {}))
    this.connection.close(code, error.message)
  }

  #errorFrame(error: unknown, subject: FrameSubject): Buffer {
    const failure = toPublicError(error, this.#logger, { userId: this.#identity?.caller.userId })
    return encodeFrame({
      type: 'error',
      code: failure.status,
      error: failure.error,
      ...subject,
      ...(failure.retryAfter === undefined ? {} : { retryAfter: failure.retryAfter }),
    })
  }

  #queueFull = false
  #setLoad({ full }: { readonly full?: boolean }): void {
    if (full !== undefined) this.#queueFull = full
    this.connection.overloaded = this.#queueFull || this.#inFlight > MAX_IN_FLIGHT / 2
  }
}

/**
 * Plain messages of a channel reach the store in the order of their frames although nobody waits for them. One whose
 * mentions, attachments or quoted message must be looked up first would be overtaken, so the next frame waits for it.
 */
function keepsItsPlace(frame: SendFrame): boolean {
  return frame.replyTo === undefined && frame.attachments === undefined && !frame.content.includes('@')
}
