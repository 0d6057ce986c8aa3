import type { Logger } from '@parley/base'
import { ChannelFeed } from './channel-feed.ts'
import type { FeedPorts } from './feed-ports.ts'

/** The feeds of the channels that somebody follows right now. */
export class ChannelFeeds implements Disposable {
  readonly #ports: FeedPorts
  readonly #logger: Logger
  readonly #feeds = new Map<string, { readonly feed: ChannelFeed; users: number }>()

  constructor(ports: FeedPorts, logger: Logger) {
    this.#ports = ports
    this.#logger = logger
  }

  /** The feed of a channel; listens from now on. Give it back with {@link release}. */
  acquire(channelId: string): ChannelFeed {
    let entry = this.#feeds.get(channelId)
    if (entry === undefined) {
      entry = { feed: new ChannelFeed(channelId, this.#ports, this.#logger), users: 0 }
      this.#feeds.set(channelId, entry)
    }
    entry.users += 1
    return entry.feed
  }

  release(feed: ChannelFeed): void {
    const entry = this.#feeds.get(feed.channelId)
    if (entry === undefined || entry.feed !== feed) return
    entry.users -= 1
    if (entry.users > 0) return
    this.#feeds.delete(feed.channelId)
    feed[Symbol.dispose]()
  }

  /** Reads every followed log once, for bells that were lost. */
  poke(): void {
    for (const { feed } of this.#feeds.values()) feed.poke()
  }

  [Symbol.dispose](): void {
    for (const { feed } of this.#feeds.values()) feed[Symbol.dispose]()
    this.#feeds.clear()
  }
}
