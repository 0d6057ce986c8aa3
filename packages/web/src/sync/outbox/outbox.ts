/** The outbox of one person on this device: the machine of `machine.ts` with storage, clock and network around it. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ApiClient } from '../api/client.ts'
import { ApiError } from '../api/error.ts'
import {
  type Draft,
  emptyOutbox,
  type OutboxEffect,
  type OutboxInput,
  type OutboxItem,
  type OutboxState,
  stepOutbox,
} from './machine.ts'
import type { OutboxStorage } from './storage.ts'

export interface OutboxOptions {
  readonly api: ApiClient
  readonly storage: OutboxStorage
  /** Whether trying makes sense now. */
  readonly isOnline: () => boolean
  /** Whether the channel's log is followed here, so that the stored message will be told. */
  readonly isShown: (channelId: string) => boolean
}

export class Outbox {
  readonly store: StoreApi<OutboxState> = createStore<OutboxState>(() => emptyOutbox)
  readonly #options: OutboxOptions
  #timer: ReturnType<typeof setTimeout> | undefined
  #lastCreatedAt = 0
  #stopped = false

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  /** Takes up what a former page left behind. */
  async start(): Promise<void> {
    this.#step({ type: 'loaded', items: await this.#options.storage.load() })
    this.pump()
  }

  /** Queues a message; it is on disk before anything is sent. Returns the sender's id of it. */
  async enqueue(draft: Draft): Promise<string> {
    // Two messages of one millisecond keep their order.
    const createdAt = Math.max(Date.now(), this.#lastCreatedAt + 1)
    this.#lastCreatedAt = createdAt
    const item: OutboxItem = {
      ...draft,
      clientId: crypto.randomUUID(),
      createdAt,
      state: 'queued',
      attempts: 0,
      dueAt: 0,
    }
    this.#step({ type: 'enqueued', item })
    // Without storage (private windows, full disk) the message is still sent; it only does not survive a reload.
    await this.#options.storage.save(item).catch(() => {})
    this.pump()
    return item.clientId
  }

  /** Sends whatever is due. Called after a reconnection as well. */
  pump(): void {
    if (!this.#stopped) this.#step({ type: 'pump', online: this.#options.isOnline() })
  }

  /** The network is back: waits are over. */
  reconnected(): void {
    this.#step({ type: 'reconnected' })
    this.pump()
  }

  retry(clientId: string): void {
    this.#step({ type: 'retry', clientId })
    this.pump()
  }

  discard(clientId: string): void {
    this.#step({ type: 'discard', clientId })
    this.pump()
  }

  /** These messages are in the log on screen. */
  seen(clientIds: ReadonlySet<string>): void {
    if (this.store.getState().items.length > 0) this.#step({ type: 'seen', clientIds })
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  #step(input: OutboxInput): void {
    const { state, effects } = stepOutbox(this.store.getState(), input, Date.now())
    if (state !== this.store.getState()) this.store.setState(state, true)
    for (const effect of effects) this.#perform(effect)
  }

  #perform(effect: OutboxEffect): void {
    if (effect.type === 'send') void this.#send(effect.item)
    else if (effect.type === 'save') void this.#options.storage.save(effect.item).catch(() => {})
    else if (effect.type === 'erase') void this.#options.storage.erase(effect.clientId).catch(() => {})
    else {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => this.pump(), effect.after)
    }
  }

  async #send(item: OutboxItem): Promise<void> {
    try {
      const { id } = await this.#options.api.call('postMessage', {
        body: {
          channelId: item.channelId,
          content: item.content,
          type: item.type,
          clientId: item.clientId,
          ...(item.replyTo === undefined ? {} : { replyTo: item.replyTo }),
          ...(item.attachments.length === 0
            ? {}
            : { attachments: item.attachments.map((attachment) => attachment.url) }),
        },
      })
      this.#step({ type: 'stored', clientId: item.clientId, messageId: id })
      if (!this.#options.isShown(item.channelId)) this.seen(new Set([item.clientId]))
    } catch (error) {
      const failure = error instanceof ApiError ? error : new ApiError(0, 'unreachable', String(error))
      this.#step({
        type: 'refused',
        clientId: item.clientId,
        status: failure.status,
        code: failure.code,
        // An ended session is repaired by logging in again; the message waits for it.
        transient: failure.isTransient || failure.status === 401,
        ...(failure.retryAfter === undefined ? {} : { retryAfter: failure.retryAfter }),
      })
    }
    this.pump()
  }
}
