/**
 * Unsent texts: at once in local storage, a little later on the server, so that another device finds them.
 * A text changed here and not yet accepted by the server wins over the server's.
 */
import type { Attachment } from '@parley/protocol/workspace'
import type { ApiClient } from '../api/client.ts'
import { ApiError } from '../api/error.ts'

export interface Draft {
  readonly text: string
  readonly replyTo?: string
  /** Uploaded already; kept on this device only. */
  readonly attachments?: readonly Attachment[]
}

interface StoredDraft extends Draft {
  /** The server does not have this text yet. */
  readonly dirty: boolean
}

/** The part of `localStorage` that is used. */
export interface KeyValue {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

const DELAY_MS = 1_200

export class Drafts {
  readonly #api: ApiClient
  readonly #storage: KeyValue
  readonly #prefix: string
  readonly #onSaved: (channelId: string, text: string) => void
  readonly #dirty = new Set<string>()
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `onSaved` hears which text the server now has. */
  constructor(api: ApiClient, storage: KeyValue, userId: string, onSaved: (channelId: string, text: string) => void) {
    this.#api = api
    this.#onSaved = onSaved
    this.#storage = storage
    this.#prefix = `parley:draft:${userId}:`
  }

  /** What the composer starts with. `serverText` is the channel's draft as the server told it last. */
  read(channelId: string, serverText: string): Draft {
    const stored = this.#stored(channelId)
    if (stored === null) return { text: serverText }
    return stored.dirty ? stored : { ...stored, text: serverText }
  }

  write(channelId: string, draft: Draft): void {
    this.#store(channelId, { ...draft, dirty: true })
    this.#dirty.add(channelId)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), DELAY_MS)
  }

  /** The message was sent. */
  clear(channelId: string): void {
    this.write(channelId, { text: '' })
  }

  /** Sends changed texts to the server; what cannot be sent stays marked for the next time. */
  async flush(options: { keepalive?: boolean } = {}): Promise<void> {
    clearTimeout(this.#timer)
    const channels = [...this.#dirty]
    this.#dirty.clear()
    await Promise.all(
      channels.map(async (channelId) => {
        const sent = this.#stored(channelId)
        if (sent === null) return
        try {
          await this.#api.call(
            'putChannelPreferences',
            { params: { id: channelId }, body: { draft: sent.text } },
            options,
          )
        } catch (error) {
          if (error instanceof ApiError && error.isTransient) {
            this.#dirty.add(channelId)
            return
          }
        }
        this.#onSaved(channelId, sent.text)
        const current = this.#stored(channelId)
        if (current?.text === sent.text) this.#store(channelId, { ...current, dirty: false })
      }),
    )
  }

  dispose(): void {
    void this.flush({ keepalive: true })
    clearTimeout(this.#timer)
  }

  #stored(channelId: string): StoredDraft | null {
    try {
      const text = this.#storage.getItem(this.#prefix + channelId)
      return text === null ? null : (JSON.parse(text) as StoredDraft)
    } catch {
      return null
    }
  }

  #store(channelId: string, draft: StoredDraft): void {
    const empty = draft.text === '' && draft.replyTo === undefined && (draft.attachments?.length ?? 0) === 0
    try {
      if (empty && !draft.dirty) this.#storage.removeItem(this.#prefix + channelId)
      else this.#storage.setItem(this.#prefix + channelId, JSON.stringify(draft))
    } catch {
      // Storage is full: the server copy is what remains.
    }
  }
}
