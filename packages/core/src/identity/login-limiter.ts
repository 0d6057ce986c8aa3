import type { Clock } from '@parley/base'
import { coreErrors } from '../errors.ts'
import { KeyedBuckets } from '../policy/keyed-buckets.ts'
import type { Rate } from '../policy/token-bucket.ts'
import { addressKey } from './client-address.ts'

export interface LoginLimits {
  /** Attempts of one address: 10 at once, then one in 6 s. */
  readonly perAddress?: Rate
  /** Attempts of all addresses together: 200 at once, then 2 in a second. */
  readonly overall?: Rate
}

const EVERYBODY = ''

/**
 * Slows down guessing. Only wrong keys count: an attempt with a right one is given back, but it forgives no wrong ones,
 * or whoever has some key could guess the owner's between two logins of their own.
 */
export class LoginLimiter {
  readonly #clock: Clock
  readonly #addresses: KeyedBuckets
  readonly #overall: KeyedBuckets

  constructor(clock: Clock, limits: LoginLimits = {}) {
    this.#clock = clock
    this.#addresses = new KeyedBuckets(limits.perAddress ?? { perSecond: 1 / 6, burst: 10 })
    this.#overall = new KeyedBuckets(limits.overall ?? { perSecond: 2, burst: 200 })
  }

  /** Counts an attempt before the key is looked at. Throws `login_throttled` with `retryAfter` in seconds. */
  attempt(ip: string): void {
    const now = this.#clock.now()
    // The address first: one stubborn address must not use up the allowance of everybody else.
    const address = this.#addresses.take(addressKey(ip), now)
    if (!address.ok) throw throttled(address.retryAfterSeconds)
    const overall = this.#overall.take(EVERYBODY, now)
    if (!overall.ok) throw throttled(overall.retryAfterSeconds)
  }

  /** Gives the attempt back: the key was right. */
  succeeded(ip: string): void {
    this.#addresses.giveBack(addressKey(ip))
    this.#overall.giveBack(EVERYBODY)
  }
}

function throttled(seconds: number): Error {
  return coreErrors.login_throttled({ retryAfter: seconds, details: { seconds } })
}
