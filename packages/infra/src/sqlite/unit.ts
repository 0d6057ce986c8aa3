import { type RecordOp, storeErrors, type WriteOp } from '@parley/core/ports'
import type { Database } from 'better-sqlite3'
import type { Db } from '../sql/schema.ts'
import { recordWrites } from '../sql/write/index.ts'
import { isSkipped } from '../units/only-if-new.ts'
import { JobWriter } from './job-writer.ts'
import type { KeyHeads } from './key-heads.ts'
import { LogWriter } from './log-writer.ts'
import { StreamWriter } from './stream-writer.ts'
import { UnitScope } from './unit-scope.ts'

/** Applies the operations of one unit, in order, to the open transaction. Undoing a failed unit is the caller's. */
export class UnitApplier {
  readonly scope = new UnitScope()
  readonly #records: Promise<Db>
  readonly #log: LogWriter
  readonly #jobs: JobWriter
  readonly #streams: StreamWriter

  constructor(db: Database, records: Promise<Db>, keys: KeyHeads) {
    this.#records = records
    this.#log = new LogWriter(db, keys, this.scope)
    this.#jobs = new JobWriter(db, this.scope)
    this.#streams = new StreamWriter(db, this.scope)
  }

  /** One result per operation. A promise only when the unit has a record operation: the hot path stays synchronous. */
  apply(unit: readonly WriteOp[]): readonly unknown[] | Promise<readonly unknown[]> {
    this.scope.begin()
    const results: unknown[] = []
    for (let index = 0; index < unit.length; index++) {
      const op = unit[index] as WriteOp
      const result = isSkipped(op, index, unit, results) ? null : this.#applyOp(op)
      if (result instanceof Promise) return this.#applyRest(unit, results, result)
      results.push(result)
    }
    return results
  }

  async #applyRest(unit: readonly WriteOp[], results: unknown[], first: Promise<unknown>): Promise<readonly unknown[]> {
    results.push(await first)
    for (let index = results.length; index < unit.length; index++) {
      const op = unit[index] as WriteOp
      results.push(isSkipped(op, index, unit, results) ? null : await this.#applyOp(op))
    }
    return results
  }

  #applyOp(op: WriteOp): unknown {
    switch (op.op) {
      case 'log.append':
        return this.#log.append(op)
      case 'log.revise':
        return this.#log.revise(op)
      case 'log.truncate':
        return this.#log.truncate(op)
      case 'cursor.advance':
        return this.#log.advanceCursor(op)
      case 'job.enqueue':
        return this.#jobs.enqueue(op)
      case 'job.claim':
        return this.#jobs.claim(op)
      case 'job.renew':
        return this.#jobs.renew(op)
      case 'job.finish':
        return this.#jobs.finish(op)
      case 'job.cancel':
        return this.#jobs.cancel(op)
      case 'job.stop':
        return this.#jobs.stop(op)
      case 'job.release-all':
        return this.#jobs.releaseAll()
      case 'stream.append':
        return this.#streams.append(op)
      case 'stream.clear':
        return this.#streams.clear(op)
      default:
        return this.#applyRecord(op)
    }
  }

  async #applyRecord(op: RecordOp): Promise<null> {
    const write = recordWrites[op.op] as ((db: Db, op: RecordOp) => Promise<void>) | undefined
    if (!write) throw storeErrors.write_invalid({ details: { reason: `there is no operation ${String(op.op)}` } })
    this.scope.markWrite()
    await write(await this.#records, op)
    if (op.op === 'channel.delete') this.#log.truncate({ key: op.key, upTo: Number.MAX_SAFE_INTEGER })
    return null
  }
}
