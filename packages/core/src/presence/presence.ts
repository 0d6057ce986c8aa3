import { bells } from '../bells.ts'
import type { Bus } from '../ports/index.ts'

export interface PresenceChange {
  readonly userId: string
  readonly online: boolean
}

interface State extends PresenceChange {
  readonly version: number
}

/** Who has a socket open in this process. Rings `presence` with the newest version when somebody comes or goes. */
export class Presence {
  readonly #bus: Bus
  readonly #sockets = new Map<string, number>()
  /** In order of `version`: a changed person moves to the end. */
  readonly #states = new Map<string, State>()
  #version = 0

  constructor(bus: Bus) {
    this.#bus = bus
  }

  /** Counts one socket of the person; call the result when it closes (again does nothing). */
  connect(userId: string): () => void {
    const before = this.#sockets.get(userId) ?? 0
    this.#sockets.set(userId, before + 1)
    if (before === 0) this.#change(userId, true)
    let connected = true
    return () => {
      if (!connected) return
      connected = false
      this.#disconnect(userId)
    }
  }

  isOnline(userId: string): boolean {
    return this.#sockets.has(userId)
  }

  online(): readonly string[] {
    return [...this.#sockets.keys()]
  }

  get version(): number {
    return this.#version
  }

  /** Who came or went after `version` (0: everybody seen so far), each once; pass the returned version next time. */
  changes(version: number): { readonly version: number; readonly changes: readonly PresenceChange[] } {
    const changes: PresenceChange[] = []
    for (const state of [...this.#states.values()].toReversed()) {
      if (state.version <= version) break
      changes.push({ userId: state.userId, online: state.online })
    }
    return { version: this.#version, changes: changes.toReversed() }
  }

  #disconnect(userId: string): void {
    const left = (this.#sockets.get(userId) ?? 1) - 1
    if (left > 0) {
      this.#sockets.set(userId, left)
      return
    }
    this.#sockets.delete(userId)
    this.#change(userId, false)
  }

  #change(userId: string, online: boolean): void {
    this.#states.delete(userId)
    this.#states.set(userId, { userId, online, version: ++this.#version })
    this.#bus.ring(bells.presence, this.#version)
  }
}
