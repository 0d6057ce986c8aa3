/** Who is here and who is writing. Both are hints: they expire or are corrected, nothing depends on them. */
import { createStore, type StoreApi } from 'zustand/vanilla'

export interface PresenceView {
  readonly online: ReadonlyMap<string, 'online' | 'offline'>
  /** People writing, by channel. */
  readonly typing: ReadonlyMap<string, readonly string[]>
}

/** A writer who is silent this long has stopped. */
const TYPING_MS = 6_000
/** Own keystrokes are told at most this often. */
const TELL_MS = 3_000

export class Presence {
  readonly store: StoreApi<PresenceView> = createStore<PresenceView>(() => ({ online: new Map(), typing: new Map() }))
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>()
  readonly #tell: (channelId: string) => void
  #toldAt = new Map<string, number>()

  constructor(tell: (channelId: string) => void) {
    this.#tell = tell
  }

  setOnline(userId: string, status: 'online' | 'offline'): void {
    this.store.setState((view) => ({ online: new Map(view.online).set(userId, status) }))
  }

  /** Somebody else writes. */
  typing(channelId: string, userId: string): void {
    const key = `${channelId} ${userId}`
    clearTimeout(this.#timers.get(key))
    this.#timers.set(
      key,
      setTimeout(() => this.stopped(channelId, userId), TYPING_MS),
    )
    const writers = this.store.getState().typing.get(channelId) ?? []
    if (!writers.includes(userId)) this.#setWriters(channelId, [...writers, userId])
  }

  /** Their message is here, or they have been silent. */
  stopped(channelId: string, userId: string): void {
    const key = `${channelId} ${userId}`
    clearTimeout(this.#timers.get(key))
    this.#timers.delete(key)
    const writers = this.store.getState().typing.get(channelId)
    if (writers?.includes(userId))
      this.#setWriters(
        channelId,
        writers.filter((id) => id !== userId),
      )
  }

  /** The person pressed a key in the composer. */
  iAmTyping(channelId: string, now: number = Date.now()): void {
    if (now - (this.#toldAt.get(channelId) ?? 0) < TELL_MS) return
    this.#toldAt.set(channelId, now)
    this.#tell(channelId)
  }

  /** The person sent the message: the next key counts anew. */
  iSent(channelId: string): void {
    this.#toldAt.delete(channelId)
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }

  #setWriters(channelId: string, writers: readonly string[]): void {
    this.store.setState((view) => {
      const typing = new Map(view.typing)
      if (writers.length === 0) typing.delete(channelId)
      else typing.set(channelId, writers)
      return { typing }
    })
  }
}
