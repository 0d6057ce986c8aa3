/** The channels this client follows: the open one and the last few before it, so that switching back is instant and current. */
import type { ServerFrame } from '@parley/protocol/workspace'
import { ChannelClient, type ChannelContext } from './channel.ts'

const KEPT = 6

export interface RegistryOptions extends ChannelContext {
  readonly unsubscribe: (channelId: string) => void
}

export class ChannelRegistry {
  readonly #options: RegistryOptions
  /** In the order of last use. */
  readonly #channels = new Map<string, ChannelClient>()
  /** Which channel a running answer belongs to: most stream frames name only the message. */
  readonly #channelOfAnswer = new Map<string, string>()

  constructor(options: RegistryOptions) {
    this.#options = options
  }

  /** The channel, loading if it is new here. The least recently used ones beyond a few are let go. */
  open(id: string): ChannelClient {
    const channel = this.#channels.get(id) ?? new ChannelClient(id, this.#options)
    this.#channels.delete(id)
    this.#channels.set(id, channel)
    void channel.load()
    for (const oldest of this.#channels.keys()) {
      if (this.#channels.size <= KEPT) break
      this.forget(oldest)
    }
    return channel
  }

  /** The channel if it is followed. */
  get(id: string): ChannelClient | undefined {
    return this.#channels.get(id)
  }

  forget(id: string): void {
    const channel = this.#channels.get(id)
    if (channel === undefined) return
    this.#channels.delete(id)
    channel.dispose()
    this.#options.unsubscribe(id)
  }

  clear(): void {
    for (const id of [...this.#channels.keys()]) this.forget(id)
    this.#channelOfAnswer.clear()
  }

  reconnected(): void {
    for (const channel of this.#channels.values()) channel.reconnected()
  }

  /** Hands a frame to its channel. */
  receive(frame: ServerFrame): void {
    switch (frame.type) {
      case 'message':
        this.#channels.get(frame.data.channelId)?.message(frame)
        break
      case 'message_updated':
        this.#channels.get(frame.data.message.channelId)?.updated(frame)
        break
      case 'answers':
        this.#channels.get(frame.data.channelId)?.answers(frame)
        break
      case 'lagged':
        void this.#channels
          .get(frame.data.channelId)
          ?.lagged(frame)
          .catch(() => this.#reload(frame.data.channelId))
        break
      case 'stream_start':
        this.#channelOfAnswer.set(frame.data.messageId, frame.data.channelId)
        this.#channels.get(frame.data.channelId)?.streamStarted(frame)
        this.#live(frame.data.messageId, frame)
        break
      case 'stream_chunk':
      case 'stream_reasoning':
      case 'stream_end':
      case 'tool_call':
      case 'tool_result':
        this.#live(frame.data.messageId, frame)
        if (frame.type === 'stream_end') this.#channelOfAnswer.delete(frame.data.messageId)
        break
      case 'error':
        // Refused subscriptions: not a member any more, or the channel is gone.
        if (frame.channelId !== undefined && (frame.code === 403 || frame.code === 404)) {
          this.#channels.get(frame.channelId)?.refused(frame.code, frame.error)
          this.forget(frame.channelId)
        }
        break
    }
  }

  #live(messageId: string, frame: Parameters<ChannelContext['live']['push']>[0]): void {
    const channelId = this.#channelOfAnswer.get(messageId)
    // Frames of a channel that was let go meanwhile are not collected.
    if (channelId !== undefined && !this.#channels.has(channelId)) return
    this.#options.live.push(frame)
  }

  /** Catching up failed: start over from the newest page, as for a channel opened for the first time. */
  #reload(id: string): void {
    if (!this.#channels.has(id)) return
    this.forget(id)
    this.open(id)
  }
}
