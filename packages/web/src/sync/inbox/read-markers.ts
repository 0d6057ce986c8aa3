/** Read markers: the farthest position the person has had before their eyes, told to the server a moment later. */
import type { ApiClient } from '../api/client.ts'
import { ApiError } from '../api/error.ts'
import type { Inbox } from './inbox.ts'

const DELAY_MS = 400

export class ReadMarkers {
  readonly #api: ApiClient
  readonly #inbox: Inbox
  /** Positions the server has not confirmed. */
  readonly #pending = new Map<string, number>()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(api: ApiClient, inbox: Inbox) {
    this.#api = api
    this.#inbox = inbox
  }

  /**
   * The message at `seq` is visible to the person: the view shows it, the page is visible and has the focus.
   * Only the caller can know that, so only it may call this.
   */
  seen(channelId: string, seq: number): void {
    const channel = this.#inbox.get(channelId)
    if (channel === undefined || seq <= channel.readSeq || seq <= (this.#pending.get(channelId) ?? 0)) return
    this.#pending.set(channelId, seq)
    this.#inbox.read(channelId, seq)
    this.#timer ??= setTimeout(() => void this.flush(), DELAY_MS)
  }

  /** Sends what is pending; what cannot be sent stays for the next flush. */
  async flush(options: { keepalive?: boolean } = {}): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    await Promise.all(
      [...this.#pending].map(async ([channelId, seq]) => {
        try {
          await this.#api.call('markRead', { params: { id: channelId }, body: { seq } }, options)
        } catch (error) {
          if (error instanceof ApiError && error.isTransient) return
        }
        if (this.#pending.get(channelId) === seq) this.#pending.delete(channelId)
      }),
    )
  }

  dispose(): void {
    void this.flush({ keepalive: true })
    clearTimeout(this.#timer)
  }
}
