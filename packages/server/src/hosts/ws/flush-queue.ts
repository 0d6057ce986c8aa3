/**
 * Collects the connections written to in one turn of the event loop and flushes each once: a batch of frames becomes
 * one system call per socket instead of one per frame.
 */
export interface Flushable {
  flush(): void
}

export class FlushQueue {
  #waiting: Flushable[] = []

  readonly #run = (): void => {
    const batch = this.#waiting
    this.#waiting = []
    for (const each of batch) each.flush()
  }

  /** Flushes `connection` after the running callbacks and promise reactions. Call once per flush. */
  add(connection: Flushable): void {
    if (this.#waiting.push(connection) === 1) process.nextTick(this.#run)
  }
}
