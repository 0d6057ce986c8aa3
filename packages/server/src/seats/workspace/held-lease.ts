import type { Logger } from '@parley/base'
import type { AnswerLease, AnswerTurns } from '@parley/core'
import { bells } from '@parley/core'
import type { Bus } from '@parley/core/ports'

export interface LeasePorts {
  readonly turns: AnswerTurns
  readonly bus: Bus
  readonly logger: Logger
}

export interface LeaseTimes {
  /** Milliseconds a lease is good for without renewal; 15 000. */
  readonly leaseMs: number
  /** Milliseconds between two renewals; 5 000. */
  readonly renewEveryMs: number
}

export const defaultLeaseTimes: LeaseTimes = { leaseMs: 15_000, renewEveryMs: 5_000 }

/**
 * Holds one answer for this process: renews the lease and aborts the turn when somebody stops it (`'stopped'`) or when the
 * lease is gone (`'lease-lost'`). The end of a turn releases it; the lease itself ends with the job.
 */
export class HeldLease implements Disposable {
  readonly lease: AnswerLease
  readonly #ports: LeasePorts
  readonly #times: LeaseTimes
  readonly #onReleased: () => void
  readonly #abort = new AbortController()
  readonly #stopListening: () => void
  readonly #timer: NodeJS.Timeout
  #renewedAt = performance.now()
  #renewing = false

  /** `onReleased` is called each time it is released. */
  constructor(lease: AnswerLease, ports: LeasePorts, times: LeaseTimes, onReleased: () => void = () => {}) {
    this.lease = lease
    this.#ports = ports
    this.#times = times
    this.#onReleased = onReleased
    this.#stopListening = ports.bus.listen(bells.stop(lease.job.jobId), () => this.stop())
    this.#timer = setInterval(() => void this.#renew(), times.renewEveryMs)
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  stop(): void {
    this.#abort.abort('stopped')
  }

  /** Ends renewing; what is left of the lease is long enough to store the end of the answer. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer)
    this.#stopListening()
    this.#onReleased()
  }

  #lost(): void {
    this[Symbol.dispose]()
    this.#abort.abort('lease-lost')
  }

  async #renew(): Promise<void> {
    if (this.#renewing) return
    this.#renewing = true
    const askedAt = performance.now()
    try {
      const { held, stopRequested } = await this.#ports.turns.renew(this.lease, this.#times.leaseMs)
      if (!held) this.#lost()
      else if (stopRequested) this.stop()
      this.#renewedAt = askedAt
    } catch (error) {
      // The store may come back before the lease ends; afterwards another worker may have the answer.
      const { jobId } = this.lease.job
      this.#ports.logger.warn({ jobId, error: String(error) }, 'seats: a lease could not be renewed')
      if (performance.now() - this.#renewedAt >= this.#times.leaseMs) this.#lost()
    } finally {
      this.#renewing = false
    }
  }
}
