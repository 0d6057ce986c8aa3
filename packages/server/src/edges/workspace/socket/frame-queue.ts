/** Handles the frames of one socket in order: a frame waits while the one before it is still at work. */
export class FrameQueue {
  readonly #handle: (text: string) => Promise<void> | undefined
  readonly #onLoad: (full: boolean) => void
  readonly #capacity: number
  #waiting: string[] = []
  #busy = false

  /**
   * `handle` returns a promise when later frames must wait for it. `onLoad` is told when `capacity` frames wait and
   * when none does any more.
   */
  constructor(handle: (text: string) => Promise<void> | undefined, capacity: number, onLoad: (full: boolean) => void) {
    this.#handle = handle
    this.#capacity = capacity
    this.#onLoad = onLoad
  }

  push(text: string): void {
    if (this.#busy) {
      if (this.#waiting.push(text) === this.#capacity) this.#onLoad(true)
      return
    }
    const work = this.#handle(text)
    if (work !== undefined) void this.#drain(work)
  }

  clear(): void {
    this.#waiting = []
  }

  async #drain(first: Promise<void>): Promise<void> {
    this.#busy = true
    await first
    while (this.#waiting.length > 0) {
      const batch = this.#waiting
      this.#waiting = []
      if (batch.length >= this.#capacity) this.#onLoad(false)
      for (const text of batch) await this.#handle(text)
    }
    this.#busy = false
  }
}
