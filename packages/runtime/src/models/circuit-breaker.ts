/** Stops asking a server that keeps failing, and finds out soon when it is back. A pure state machine over given times. */

export interface BreakerPolicy {
  /** Failures in a row that open it. */
  readonly threshold: number
  /** Milliseconds it stays open the first time; doubles up to `maxCooldown` while probes fail. */
  readonly cooldown: number
  readonly maxCooldown: number
}

export const defaultBreakerPolicy: BreakerPolicy = { threshold: 5, cooldown: 5_000, maxCooldown: 30_000 }

export class CircuitBreaker {
  readonly #policy: BreakerPolicy
  #failures = 0
  #openUntil = 0
  #cooldown: number
  #probing = false

  constructor(policy: BreakerPolicy = defaultBreakerPolicy) {
    this.#policy = policy
    this.#cooldown = policy.cooldown
  }

  /** Asks for leave to call. After a cool-down exactly one caller gets it: its call is the probe. */
  tryEnter(now: number): boolean {
    if (this.#failures < this.#policy.threshold) return true
    if (now < this.#openUntil || this.#probing) return false
    this.#probing = true
    return true
  }

  /** The server answered (even with an error that is not its own fault). */
  succeeded(): void {
    this.#failures = 0
    this.#probing = false
    this.#cooldown = this.#policy.cooldown
  }

  /** The server was unreachable or broken. */
  failed(now: number): void {
    this.#failures++
    if (this.#failures < this.#policy.threshold) return
    if (this.#probing) this.#cooldown = Math.min(this.#cooldown * 2, this.#policy.maxCooldown)
    this.#probing = false
    this.#openUntil = now + this.#cooldown
  }

  /** The call ended without telling anything about the server, e.g. somebody stopped it. */
  cancelled(): void {
    this.#probing = false
  }
}
