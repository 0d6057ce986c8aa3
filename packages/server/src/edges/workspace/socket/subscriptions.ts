/** The channels one socket follows. */
import { isParleyError } from '@parley/base'
import type { Caller } from '@parley/core'
import type { ClientFrame } from '@parley/protocol/workspace'
import { workspaceErrors } from '../errors.ts'
import type { ChannelFeed } from './channel-feed.ts'
import { encodeFrame } from './encode-frame.ts'
import type { FeedSocket, Subscription } from './feed-socket.ts'
import type { SocketPorts } from './socket-ports.ts'

/** Channels of one socket. */
const MAX_SUBSCRIPTIONS = 1_000

interface Following {
  readonly feed: ChannelFeed
  readonly subscription: Subscription
}

export class Subscriptions {
  readonly #socket: FeedSocket & { readonly caller: Caller }
  readonly #ports: Pick<SocketPorts, 'channels' | 'feeds'>
  readonly #following = new Map<string, Following>()
  #ended = false

  constructor(socket: FeedSocket & { readonly caller: Caller }, ports: Pick<SocketPorts, 'channels' | 'feeds'>) {
    this.#socket = socket
    this.#ports = ports
  }

  has(channelId: string): boolean {
    return this.#following.has(channelId)
  }

  feed(channelId: string): ChannelFeed | undefined {
    return this.#following.get(channelId)?.feed
  }

  /** Follows a channel; a second time starts over from the new position. Errors: those of `Channels.head`. */
  async start(caller: Caller, frame: Extract<ClientFrame, { type: 'subscribe' }>): Promise<void> {
    const { channelId } = frame
    if (this.#following.size >= MAX_SUBSCRIPTIONS && !this.has(channelId)) {
      throw workspaceErrors.too_many_subscriptions({ details: { limit: MAX_SUBSCRIPTIONS } })
    }
    // Listens before it reads the head: what is stored in between rings.
    const feed = this.#ports.feeds.acquire(channelId)
    let head: number
    try {
      head = await this.#ports.channels.head(caller, channelId)
    } catch (error) {
      this.#ports.feeds.release(feed)
      throw error
    }
    if (this.#ended) return this.#ports.feeds.release(feed)
    this.stop(channelId)
    const subscription = feed.subscribe(this.#socket, { head, after: frame.after, offsets: frame.offsets })
    this.#following.set(channelId, { feed, subscription })
  }

  stop(channelId: string): void {
    const following = this.#following.get(channelId)
    if (following === undefined) return
    this.#following.delete(channelId)
    following.feed.end(following.subscription)
    this.#ports.feeds.release(following.feed)
  }

  resumeAll(): void {
    for (const { feed, subscription } of this.#following.values()) feed.resume(subscription)
  }

  /** Holds every subscription back until the person's right to it is confirmed; ends those without. */
  async recheck(): Promise<void> {
    for (const { feed, subscription } of this.#following.values()) feed.stall(subscription)
    await Promise.all([...this.#following].map(([channelId, following]) => this.#recheckOne(channelId, following)))
  }

  async #recheckOne(channelId: string, following: Following): Promise<void> {
    try {
      await this.#ports.channels.head(this.#socket.caller, channelId)
    } catch (error) {
      if (isParleyError(error) && (error.kind === 'forbidden' || error.kind === 'not_found')) {
        if (this.#following.get(channelId) !== following) return
        this.stop(channelId)
        this.#socket.connection.send(encodeFrame({ type: 'unsubscribed', channelId }))
        return
      }
      // Unknown is not refused, but it is not confirmed either: the next bell or drain decides.
      return
    }
    if (this.#following.get(channelId) === following && !this.#socket.connection.congested) {
      following.feed.resume(following.subscription)
    }
  }

  endAll(): void {
    this.#ended = true
    for (const channelId of [...this.#following.keys()]) this.stop(channelId)
  }
}
