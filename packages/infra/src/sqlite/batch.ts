import type { WriteOp } from '@parley/core/ports'
import type { Database, Statement } from 'better-sqlite3'
import { classify, type Failure, type WireError } from './failure.ts'
import type { KeyHeads } from './key-heads.ts'
import type { UnitApplier } from './unit.ts'

export type Unit = readonly WriteOp[]

/** `[1, results]` or `[0, error]`: what became of one unit. */
export type UnitOutcome = readonly [1, readonly unknown[]] | readonly [0, WireError]

/** The disk may or may not hold the last batch. The owner of the connection must stop writing. */
export class FatalStoreError extends Error {
  override readonly name = 'FatalStoreError'
}

/**
 * Group commit: many units, one transaction, one sync. A batch is first tried as a whole; when a unit fails after it has
 * changed something, all is undone and the batch runs again with a savepoint around each unit, so neighbours are unhurt.
 */
export class BatchRunner {
  readonly #db: Database
  readonly #units: UnitApplier
  readonly #keys: KeyHeads
  readonly #begin: Statement
  readonly #commit: Statement
  readonly #rollback: Statement
  readonly #savepoint: Statement
  readonly #release: Statement
  readonly #rollbackTo: Statement

  constructor(db: Database, units: UnitApplier, keys: KeyHeads) {
    this.#db = db
    this.#units = units
    this.#keys = keys
    this.#begin = db.prepare('BEGIN IMMEDIATE')
    this.#commit = db.prepare('COMMIT')
    this.#rollback = db.prepare('ROLLBACK')
    this.#savepoint = db.prepare('SAVEPOINT unit')
    this.#release = db.prepare('RELEASE unit')
    this.#rollbackTo = db.prepare('ROLLBACK TO unit')
  }

  /** One outcome per unit, in order, with everything that succeeded on disk. Throws {@link FatalStoreError}. */
  async run(batch: readonly Unit[]): Promise<readonly UnitOutcome[]> {
    try {
      this.#start()
      const outcomes = (await this.#tryTogether(batch)) ?? (await this.#runApart(batch))
      this.#keys.flush()
      this.#commit.run()
      return outcomes
    } catch (thrown) {
      this.#undo()
      const failure = thrown instanceof BatchFailure ? thrown.failure : classify(thrown)
      if (failure.scope === 'fatal') throw new FatalStoreError(failure.error.cause ?? failure.error.code)
      return batch.map(() => [0, failure.error])
    }
  }

  /** Undefined when a unit failed half-way: the transaction is then empty again. */
  async #tryTogether(batch: readonly Unit[]): Promise<readonly UnitOutcome[] | undefined> {
    const outcomes: UnitOutcome[] = []
    for (const unit of batch) {
      try {
        const results = this.#units.apply(unit)
        outcomes.push([1, results instanceof Promise ? await results : results])
      } catch (thrown) {
        const failure = refuseUnlessOwnFault(thrown)
        if (this.#units.scope.wrote) {
          this.#undo()
          this.#start()
          return undefined
        }
        outcomes.push([0, failure.error])
      }
    }
    return outcomes
  }

  async #runApart(batch: readonly Unit[]): Promise<readonly UnitOutcome[]> {
    const outcomes: UnitOutcome[] = []
    for (const unit of batch) {
      this.#savepoint.run()
      try {
        const results = this.#units.apply(unit)
        outcomes.push([1, results instanceof Promise ? await results : results])
        this.#keys.flush()
      } catch (thrown) {
        const failure = refuseUnlessOwnFault(thrown)
        this.#rollbackTo.run()
        this.#keys.forget()
        outcomes.push([0, failure.error])
      }
      this.#release.run()
    }
    return outcomes
  }

  #start(): void {
    this.#begin.run()
    this.#keys.refresh()
  }

  #undo(): void {
    // SQLite has already rolled back by itself after some errors.
    if (this.#db.inTransaction) this.#rollback.run()
    this.#keys.forgetAll()
  }
}

/** Carries a failure that is not one unit's fault out of the loop over the units. */
class BatchFailure extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.error.code)
    this.failure = failure
  }
}

function refuseUnlessOwnFault(thrown: unknown): Failure {
  const failure = classify(thrown)
  if (failure.scope !== 'unit') throw new BatchFailure(failure)
  return failure
}
