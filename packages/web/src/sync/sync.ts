/**
 * Everything the app knows of the server, wired once. Without a session only `api` is of use; `start` opens the rest for a person,
 * `stop` closes it. No React in this folder.
 */
import type { ChangedFrame, ServerFrame } from '@parley/protocol/workspace'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { ApiClient } from './api/client.ts'
import { Session, type SessionEvents } from './session.ts'

export interface SyncEvents {
  /** The session is over: show the login. */
  readonly onEnded: () => void
  /** Something outside of the message log changed. */
  readonly onChanged: (change: ChangedFrame['data']) => void
  /** The connection is back after a break: whatever was fetched may be stale. */
  readonly onReconnected: () => void
}

export class Sync {
  readonly api: ApiClient
  /** The session of the logged-in person, null before the login. */
  readonly session: StoreApi<{ readonly current: Session | null }> = createStore<{ readonly current: Session | null }>(
    () => ({ current: null }),
  )
  readonly #events: SyncEvents
  readonly #frameListeners = new Set<(frame: ServerFrame) => void>()

  constructor(events: SyncEvents) {
    this.#events = events
    this.api = new ApiClient({ onUnauthorized: () => this.#ended() })
  }

  /** Opens the session of a person; does nothing when it is open already. */
  start(userId: string): void {
    const current = this.session.getState().current
    if (current?.userId === userId) return
    current?.[Symbol.dispose]()
    const events: SessionEvents = {
      onEnded: () => this.#ended(),
      onChanged: this.#events.onChanged,
      onReconnected: this.#events.onReconnected,
      onFrame: (frame) => {
        for (const listener of this.#frameListeners) listener(frame)
      },
    }
    this.session.setState({ current: new Session(userId, this.api, events) })
  }

  /** Ends everything of the session on this page (after a logout). */
  stop(): void {
    this.session.getState().current?.[Symbol.dispose]()
    this.session.setState({ current: null })
  }

  /** Hears every frame after it was applied; for what is shown once and not kept. */
  listen(listener: (frame: ServerFrame) => void): () => void {
    this.#frameListeners.add(listener)
    return () => this.#frameListeners.delete(listener)
  }

  #ended(): void {
    if (this.session.getState().current === null) return
    this.stop()
    this.#events.onEnded()
  }
}
