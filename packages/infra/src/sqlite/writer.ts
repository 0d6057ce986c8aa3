import type { WriteOp, WriteResult, Writer } from '@parley/core/ports'
import { storeErrors } from '@parley/core/ports'
import type { UnitOutcome } from './batch.ts'
import { revive } from './failure.ts'

export interface WriterLimits {
  /** Units accepted and not yet answered. */
  readonly maxUnits: number
  /** Their size, in characters of JSON. */
  readonly maxChars: number
}

export const defaultLimits: WriterLimits = { maxUnits: 20_000, maxChars: 128 * 1024 * 1024 }

interface Pending {
  readonly resolve: (results: never) => void
  readonly reject: (error: unknown) => void
  readonly chars: number
}

type Results<Unit extends readonly WriteOp[]> = { readonly [K in keyof Unit]: WriteResult<Unit[K]> }

/**
 * The caller's end of the writer thread. Units committed within one turn of the event loop travel as one message; the
 * answers come back in the same order. What waits is bounded: beyond the limits a commit is refused at once, with
 * `store_unavailable`, instead of growing the process until it dies.
 */
export class GroupCommitWriter implements Writer {
  readonly #send: (message: string) => void
  readonly #limits: WriterLimits
  readonly #pending: Pending[] = []
  #answered = 0
  #chars = 0
  #outbox: string[] = []
  #ended: Error | undefined

  constructor(send: (message: string) => void, limits: WriterLimits = defaultLimits) {
    this.#send = send
    this.#limits = limits
  }

  commit<const Unit extends readonly WriteOp[]>(unit: Unit): Promise<Results<Unit>> {
    if (this.#ended) return Promise.reject(storeErrors.store_unavailable({ cause: this.#ended }))
    // Turned to text here and now, so a unit that its builder changes later is stored as it was committed.
    let text: string
    try {
      text = JSON.stringify(unit)
    } catch (cause) {
      return Promise.reject(storeErrors.write_invalid({ details: { reason: 'a value is not JSON' }, cause }))
    }
    if (this.#isFull(text.length)) return Promise.reject(storeErrors.store_unavailable({ retryAfter: 1 }))
    this.#chars += text.length
    if (this.#outbox.push(text) === 1) setImmediate(() => this.#flush())
    return new Promise((resolve, reject) => {
      this.#pending.push({ resolve, reject, chars: text.length })
    })
  }

  /** Settles the oldest units with these outcomes. */
  settle(outcomes: readonly UnitOutcome[]): void {
    for (const outcome of outcomes) {
      const pending = this.#pending[this.#answered++] as Pending
      this.#chars -= pending.chars
      if (outcome[0] === 1) pending.resolve(outcome[1] as never)
      else pending.reject(revive(outcome[1]))
    }
    // Cutting the front off in slices keeps this linear however many units wait.
    if (this.#answered > 4_096 || this.#answered === this.#pending.length) {
      this.#pending.splice(0, this.#answered)
      this.#answered = 0
    }
  }

  /** Refuses everything that waits and everything to come. */
  end(cause: Error): void {
    this.#ended ??= cause
    this.#outbox = []
    const waiting = this.#pending.splice(0).slice(this.#answered)
    this.#answered = 0
    for (const pending of waiting) pending.reject(storeErrors.store_unavailable({ cause }))
  }

  /** Sends what was committed in this turn, then refuses new commits; the units sent are still answered. */
  close(): void {
    this.#flush()
    this.#ended ??= new Error('the store was closed')
  }

  #flush(): void {
    if (this.#outbox.length === 0) return
    const message = `[${this.#outbox.join(',')}]`
    this.#outbox = []
    this.#send(message)
  }

  #isFull(chars: number): boolean {
    const waiting = this.#pending.length - this.#answered
    // A unit larger than the limit passes when nothing else waits, or it could never be stored.
    if (waiting === 0) return false
    return waiting >= this.#limits.maxUnits || this.#chars + chars > this.#limits.maxChars
  }
}
