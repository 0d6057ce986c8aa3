import { type Bucket, fullBucket, isFull, type Rate, type Taken, take } from './token-bucket.ts'

/** One bucket per key. Full buckets are forgotten, so memory follows the keys active now. */
export class KeyedBuckets {
  readonly #rate: Rate
  readonly #limit: number
  readonly #buckets = new Map<string, Bucket>()

  /** `limit`: keys held before full ones are swept out. */
  constructor(rate: Rate, limit = 10_000) {
    this.#rate = rate
    this.#limit = limit
  }

  take(key: string, now: number): Taken {
    const result = take(this.#buckets.get(key) ?? fullBucket(this.#rate, now), this.#rate, now)
    // Re-inserting keeps the map in order of last use, which the sweep relies on.
    this.#buckets.delete(key)
    this.#buckets.set(key, result.bucket)
    if (this.#buckets.size > this.#limit) this.#sweep(now)
    return result
  }

  /** Undoes one `take`. */
  giveBack(key: string): void {
    const bucket = this.#buckets.get(key)
    if (bucket) this.#buckets.set(key, { ...bucket, tokens: Math.min(this.#rate.burst, bucket.tokens + 1) })
  }

  get size(): number {
    return this.#buckets.size
  }

  #sweep(now: number): void {
    for (const [key, bucket] of this.#buckets) if (isFull(bucket, this.#rate, now)) this.#buckets.delete(key)
    // Nothing full: the least recently used half goes, so a flood of keys cannot grow the map.
    if (this.#buckets.size <= this.#limit) return
    let excess = this.#buckets.size - Math.floor(this.#limit / 2)
    for (const key of this.#buckets.keys()) {
      if (excess-- <= 0) break
      this.#buckets.delete(key)
    }
  }
}
