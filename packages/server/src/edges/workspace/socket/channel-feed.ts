/**
 * One channel on its way to the sockets that follow it. On a bell the log is read once, each frame is serialised once,
 * and the same bytes go to every live subscription. The feed owns positions, never messages.
 */
import { hasCode, type Logger } from '@parley/base'
import type { ChannelEvent, ChannelMessage, LiveAnswer } from '@parley/core'
import { toPublicError } from '../../../hosts/public-error.ts'
import { AnswerStream } from './answer-stream.ts'
import { encodeFrame, encodeMessage, encodeMessageUpdated } from './encode-frame.ts'
import type { FeedPorts } from './feed-ports.ts'
import type { FeedSocket, HeldAnswer, Subscription } from './feed-socket.ts'
import { SentRevisions } from './sent-revisions.ts'

/** Log entries read at once. */
const PAGE = 256
/** Ended answers whose jobs may still write. */
const MAX_OVER = 500
/** A reader further behind than this is told to fetch the rest by HTTP. */
const MAX_CATCH_UP = 2_000

export interface SubscribeOptions {
  /** Head of the log when the right to read was checked. */
  readonly head: number
  readonly after?: number | undefined
  readonly offsets?: Readonly<Record<string, number>> | undefined
}

export class ChannelFeed implements Disposable {
  readonly channelId: string
  readonly #ports: FeedPorts
  readonly #logger: Logger
  readonly #all = new Set<Subscription>()
  readonly #live = new Set<Subscription>()
  /** Subscriptions whose catch-up failed; the next poke tries again. */
  readonly #failed = new Set<Subscription>()
  readonly #streams = new Map<string, AnswerStream>()
  readonly #sent = new SentRevisions()
  /** Jobs whose answers were told as ended, by message: what such a job still writes is shown to nobody. */
  readonly #over = new Map<string, string>()
  readonly #stops: (() => void)[]
  /** Everything up to it was given to the live subscriptions; undefined until the first subscription. */
  #position: number | undefined
  #heard = 0
  #rung = false
  #pumping: Promise<void> | undefined
  #answersTimer: NodeJS.Immediate | undefined
  #closed = false

  constructor(channelId: string, ports: FeedPorts, logger: Logger) {
    this.channelId = channelId
    this.#ports = ports
    this.#logger = logger
    this.#stops = [
      ports.listenLog(channelId, (seq) => this.#onBell(seq)),
      ports.listenAnswers(channelId, () => this.#onAnswersBell()),
      ports.live.subscribe(channelId, (messageId) => this.#onAnswer(messageId)),
    ]
  }

  /** Starts a subscription: `subscribed`, then everything after its position, then live. */
  subscribe(socket: FeedSocket, options: SubscribeOptions): Subscription {
    if (this.#position === undefined) {
      this.#position = options.head
      for (const answer of this.#ports.live.running(this.channelId)) this.#open(answer)
    }
    const held = new Map<string, HeldAnswer>()
    for (const [id, text] of Object.entries(options.offsets ?? {})) held.set(id, { text })
    const cursor = Math.min(options.after ?? options.head, options.head)
    const subscription: Subscription = { socket, cursor, mode: 'stalled', run: 0, held }
    this.#all.add(subscription)
    socket.connection.send(encodeFrame({ type: 'subscribed', channelId: this.channelId, lastSeq: options.head }))
    this.resume(subscription)
    return subscription
  }

  /** Lets a stalled subscription read on from where it stopped. */
  resume(subscription: Subscription): void {
    if (subscription.mode !== 'stalled') return
    subscription.mode = 'catching-up'
    subscription.run += 1
    this.#failed.delete(subscription)
    void this.#catchUp(subscription, subscription.run)
  }

  /** Takes a subscription out of the live ones, e.g. while its access is checked or its socket is full. */
  stall(subscription: Subscription): void {
    if (subscription.mode === 'live') {
      this.#live.delete(subscription)
      subscription.cursor = this.#position as number
      subscription.held = new Map([...this.#streams].map(([id, stream]) => [id, stream.held]))
    }
    if (subscription.mode !== 'ended') subscription.mode = 'stalled'
  }

  end(subscription: Subscription): void {
    this.#all.delete(subscription)
    this.#live.delete(subscription)
    this.#failed.delete(subscription)
    subscription.mode = 'ended'
  }

  /** Tells the others that `from` is writing. */
  relayTyping(from: FeedSocket): void {
    const frame = encodeFrame({ type: 'typing', data: { channelId: this.channelId, userId: from.userId } })
    for (const { socket } of this.#live) {
      if (socket.userId !== from.userId && !socket.connection.congested) socket.connection.send(frame)
    }
  }

  /** Reads the log although no bell rang: bells may be lost (LOG-5). */
  poke(): void {
    if (this.#position !== undefined) void this.#pump()
    for (const subscription of this.#failed) this.resume(subscription)
  }

  #onBell(seq: number): void {
    if (this.#position === undefined || (seq !== 0 && seq <= this.#position)) return
    this.#heard = Math.max(this.#heard, seq === 0 ? this.#position + 1 : seq)
    this.#rung = true
    void this.#pump()
  }

  #pump(): Promise<void> {
    this.#pumping ??= this.#readOn()
      .catch((error: unknown) => {
        // The next bell or poke reads from the same position again: nothing is skipped.
        this.#logger.error({ err: error, channelId: this.channelId }, 'feed could not read the log')
      })
      .finally(() => {
        this.#pumping = undefined
      })
    return this.#pumping
  }

  async #readOn(): Promise<void> {
    let more = true
    while (more && !this.#closed) {
      this.#rung = false
      const position = this.#position as number
      const changes = await this.#ports.messages.read(this.channelId, position, PAGE)
      for (const event of changes.events) {
        this.#broadcast(this.#liveFrames(event))
        if (!isStreaming(event.message)) this.#close(event.message.id)
        this.#position = event.seq
      }
      this.#position = Math.max(position, changes.next)
      more = changes.more || (this.#rung && this.#heard > this.#position)
    }
  }

  /** Sends frames of one event to all live subscriptions; a full socket is stalled instead, before any of them. */
  #broadcast(frames: readonly Buffer[]): void {
    if (frames.length === 0) return
    for (const subscription of this.#live) {
      const { connection } = subscription.socket
      if (connection.congested) this.stall(subscription)
      else for (const frame of frames) connection.send(frame)
    }
  }

  #liveFrames({ kind, seq, message }: ChannelEvent): readonly Buffer[] {
    if (this.#sent.has(message)) return []
    const stream = this.#streams.get(message.id)
    if (isStreaming(message)) {
      const answer = this.#ports.live.get(message.id)
      if (answer === undefined) return kind === 'message' ? [] : [encodeMessageUpdated(message, seq)]
      if (stream === undefined) this.#open(answer)
      return []
    }
    this.#sent.add(message)
    if (stream !== undefined) return [...stream.finish(message), encodeMessage(message)]
    return [kind === 'message' ? encodeMessage(message) : encodeMessageUpdated(message, seq)]
  }

  #onAnswer(messageId: string): void {
    if (this.#position === undefined) return
    const stream = this.#streams.get(messageId)
    if (stream !== undefined) {
      stream.notice()
      return
    }
    const answer = this.#ports.live.get(messageId)
    if (answer !== undefined) this.#open(answer)
  }

  #open(answer: LiveAnswer): void {
    if (this.#over.get(answer.messageId) === answer.jobId) return
    const stream = new AnswerStream(answer, this.#ports.live, (frames) => this.#broadcast(frames))
    stream.start()
    this.#streams.set(answer.messageId, stream)
    stream.notice()
  }

  #close(messageId: string): void {
    const running = this.#ports.live.get(messageId)
    // Its row is final although it still runs: the message was deleted.
    if (running !== undefined) {
      this.#over.set(messageId, running.jobId)
      if (this.#over.size > MAX_OVER) this.#over.delete(this.#over.keys().next().value as string)
    }
    this.#streams.get(messageId)?.[Symbol.dispose]()
    this.#streams.delete(messageId)
  }

  async #catchUp(subscription: Subscription, run: number): Promise<void> {
    const sent = new SentRevisions()
    try {
      while (isCurrent(subscription, run)) {
        const position = this.#position as number
        if (subscription.cursor === position) return this.#goLive(subscription)
        if (subscription.cursor > position) {
          await this.#pump()
          // A log that could not be read leaves the position behind; the next poke tries again.
          if (subscription.cursor > (this.#position as number) && isCurrent(subscription, run)) {
            this.#failed.add(subscription)
            return this.stall(subscription)
          }
          continue
        }
        if (position - subscription.cursor > MAX_CATCH_UP) this.#skipAhead(subscription)
        else await this.#readFor(subscription, run, sent)
      }
    } catch (error) {
      if (!isCurrent(subscription, run)) return
      if (hasCode(error, 'log_below_floor')) {
        this.#skipAhead(subscription)
        return this.#catchUp(subscription, run)
      }
      this.#fail(subscription, error)
    }
  }

  async #readFor(subscription: Subscription, run: number, sent: SentRevisions): Promise<void> {
    const changes = await this.#ports.messages.read(this.channelId, subscription.cursor, PAGE)
    if (!isCurrent(subscription, run)) return
    for (const event of changes.events) {
      if (subscription.socket.connection.congested) return this.stall(subscription)
      for (const frame of this.#lateFrames(event, subscription, sent)) subscription.socket.connection.send(frame)
      subscription.cursor = event.seq
    }
    subscription.cursor = Math.max(subscription.cursor, changes.next)
  }

  #lateFrames({ kind, seq, message }: ChannelEvent, subscription: Subscription, sent: SentRevisions): Buffer[] {
    if (sent.has(message)) return []
    if (isStreaming(message)) {
      // A running answer is shown when the subscription goes live, with all its text at once.
      if (kind === 'message' || this.#ports.live.get(message.id) !== undefined) return []
      return [encodeMessageUpdated(message, seq)]
    }
    sent.add(message)
    if (subscription.held.delete(message.id)) {
      return [encodeFrame({ type: 'stream_end', data: { messageId: message.id } }), encodeMessage(message)]
    }
    return [kind === 'message' ? encodeMessage(message) : encodeMessageUpdated(message, seq)]
  }

  #goLive(subscription: Subscription): void {
    const { connection } = subscription.socket
    for (const [id, stream] of this.#streams) {
      for (const frame of stream.join(subscription.held.get(id))) connection.send(frame)
    }
    subscription.held.clear()
    subscription.mode = 'live'
    this.#live.add(subscription)
    void this.#sendAnswers([subscription], subscription.run > 1)
  }

  #skipAhead(subscription: Subscription): void {
    const data = { channelId: this.channelId, after: subscription.cursor }
    subscription.socket.connection.send(encodeFrame({ type: 'lagged', data }))
    subscription.cursor = this.#position as number
  }

  #fail(subscription: Subscription, error: unknown): void {
    const failure = toPublicError(error, this.#logger, { channelId: this.channelId })
    subscription.socket.connection.send(
      encodeFrame({ type: 'error', code: failure.status, error: failure.error, channelId: this.channelId }),
    )
    this.stall(subscription)
    this.#failed.add(subscription)
  }

  #onAnswersBell(): void {
    this.#answersTimer ??= setImmediate(() => {
      this.#answersTimer = undefined
      void this.#sendAnswers(this.#all, true)
    })
  }

  /** `evenIfNone` is for readers who may believe that there are some. */
  async #sendAnswers(subscriptions: Iterable<Subscription>, evenIfNone: boolean): Promise<void> {
    try {
      const answers = await this.#ports.answers.pendingOf(this.channelId)
      if (answers.length === 0 && !evenIfNone) return
      const frame = encodeFrame({ type: 'answers', data: { channelId: this.channelId, answers } })
      for (const { socket, mode } of subscriptions) {
        if (mode !== 'ended' && !socket.connection.congested) socket.connection.send(frame)
      }
    } catch (error) {
      this.#logger.error({ err: error, channelId: this.channelId }, 'waiting answers could not be read')
    }
  }

  [Symbol.dispose](): void {
    this.#closed = true
    for (const stop of this.#stops) stop()
    for (const stream of this.#streams.values()) stream[Symbol.dispose]()
    clearImmediate(this.#answersTimer)
  }
}

function isStreaming(message: ChannelMessage): boolean {
  return message.metadata.answer?.status === 'streaming'
}

function isCurrent(subscription: Subscription, run: number): boolean {
  return subscription.mode === 'catching-up' && subscription.run === run
}
