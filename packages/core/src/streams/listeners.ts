/** Doorbells inside one process: listeners by key. */
export class Listeners {
  readonly #byKey = new Map<string, Set<(what: string) => void>>()

  add(key: string, listener: (what: string) => void): () => void {
    const listeners = this.#byKey.get(key) ?? new Set()
    this.#byKey.set(key, listeners)
    // Wrapped, so that the same function added twice is told twice and removed once.
    const entry = (what: string): void => listener(what)
    listeners.add(entry)
    return () => {
      listeners.delete(entry)
      if (listeners.size === 0 && this.#byKey.get(key) === listeners) this.#byKey.delete(key)
    }
  }

  tell(key: string, what: string): void {
    const listeners = this.#byKey.get(key)
    if (listeners) for (const listener of [...listeners]) listener(what)
  }
}
