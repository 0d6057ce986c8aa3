import type { Bus } from '../ports/index.ts'

/** What a bell goes through before it is heard: this many times, possibly none (LOG-5). */
export type BellFate = (key: string, seq: number) => number

/** A bus for tests: records every bell rung, and loses or doubles what listeners hear. */
export class FaultyBus implements Bus {
  readonly rung: { readonly key: string; readonly seq: number }[] = []
  readonly #listeners = new Set<{ readonly key: string; readonly call: (seq: number) => void }>()
  readonly #fate: BellFate

  constructor(fate: BellFate = () => 1) {
    this.#fate = fate
  }

  get listening(): number {
    return this.#listeners.size
  }

  ring(key: string, seq: number): void {
    this.rung.push({ key, seq })
    for (let times = this.#fate(key, seq); times > 0; times--) {
      for (const listener of [...this.#listeners]) if (listener.key === key) listener.call(seq)
    }
  }

  listen(key: string, call: (seq: number) => void): () => void {
    const listener = { key, call }
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
