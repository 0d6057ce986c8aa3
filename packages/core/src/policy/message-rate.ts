import type { Clock } from '@parley/base'
import { coreErrors } from '../errors.ts'
import { KeyedBuckets } from './keyed-buckets.ts'
import type { Rate } from './token-bucket.ts'

/** How fast one person may send, over all of their sessions. */
export class MessageRate {
  readonly #clock: Clock
  readonly #buckets: KeyedBuckets

  constructor(clock: Clock, rate: Rate) {
    this.#clock = clock
    this.#buckets = new KeyedBuckets(rate)
  }

  /** Throws `rate_limited` with `retryAfter` in seconds. */
  take(userId: string): void {
    const taken = this.#buckets.take(userId, this.#clock.now())
    if (!taken.ok) throw coreErrors.rate_limited({ retryAfter: taken.retryAfterSeconds })
  }
}
