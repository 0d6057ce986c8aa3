/** Runs tasks of one key strictly one after another, tasks of different keys in parallel. Idle keys cost nothing. */
export class KeyedQueue {
  readonly #tails = new Map<string, Promise<unknown>>()

  /** Queues `task` behind the earlier tasks of `key`; a failed task does not stop its successors. */
  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const previous = this.#tails.get(key) ?? Promise.resolve()
    const result = previous.then(task, task)
    const tail = result.catch(() => {})
    this.#tails.set(key, tail)
    void tail.then(() => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key)
    })
    return result
  }

  get size(): number {
    return this.#tails.size
  }
}
