import { isParleyError } from '@parley/base'
import { type RecordOp, type Store, storeErrors, type WriteOp, type WriteResult, type Writer } from '@parley/core/ports'
import { isSkipped } from '../units/only-if-new.ts'
import { MemoryJobs, MemoryStreams } from './jobs.ts'
import { MemoryLog } from './log.ts'
import { createRecordReaders } from './readers.ts'
import { createRecordWrites } from './record-writes.ts'
import { MemoryRecords } from './records.ts'
import { UndoLog } from './tables.ts'

type Results<Unit extends readonly WriteOp[]> = { readonly [K in keyof Unit]: WriteResult<Unit[K]> }

class MemoryWriter implements Writer {
  readonly #undo: UndoLog
  readonly #apply: (op: WriteOp) => unknown
  #closed = false

  constructor(undo: UndoLog, apply: (op: WriteOp) => unknown) {
    this.#undo = undo
    this.#apply = apply
  }

  async commit<const Unit extends readonly WriteOp[]>(unit: Unit): Promise<Results<Unit>> {
    if (this.#closed) throw storeErrors.store_unavailable()
    const copy = copyOf(unit)
    // Nothing is visible before the caller has let go, as with an engine that works on another thread.
    await Promise.resolve()
    try {
      const results = this.#run(copy)
      this.#undo.commit()
      return results as Results<Unit>
    } catch (thrown) {
      this.#undo.rollback()
      if (isParleyError(thrown)) throw thrown
      const details = { reason: 'a field is missing or has a wrong type' }
      throw storeErrors.write_invalid({ details, cause: thrown })
    }
  }

  close(): void {
    this.#closed = true
  }

  #run(unit: readonly WriteOp[]): unknown[] {
    const results: unknown[] = []
    for (const [index, op] of unit.entries()) {
      results.push(isSkipped(op, index, unit, results) ? null : (this.#apply(op) ?? null))
    }
    return results
  }
}

/** A store for tests and throw-away servers: everything a {@link Store} promises, except that it ends with the process. */
export function createMemoryStore(): Store {
  const undo = new UndoLog()
  const log = new MemoryLog(undo)
  const jobs = new MemoryJobs(undo)
  const streams = new MemoryStreams(undo)
  const tables = new MemoryRecords(undo)
  const records = createRecordWrites(tables, log)
  const apply = (op: WriteOp): unknown => {
    switch (op.op) {
      case 'log.append':
        return log.append(op)
      case 'log.revise':
        return log.revise(op)
      case 'log.truncate': {
        const result = log.truncate(op)
        tables.mentions.deleteWhere((row) => row.key === op.key && row.seq <= result.floor)
        return result
      }
      case 'cursor.advance':
        return log.advanceCursor(op)
      case 'job.enqueue':
        return jobs.enqueue(op)
      case 'job.claim':
        return jobs.claim(op)
      case 'job.renew':
        return jobs.renew(op)
      case 'job.finish':
        return jobs.finish(op)
      case 'job.cancel':
        return jobs.cancel(op)
      case 'job.stop':
        return jobs.stop(op)
      case 'job.release-all':
        return jobs.releaseAll()
      case 'stream.append':
        return streams.append(op)
      case 'stream.clear':
        return streams.clear(op)
      default:
        return applyRecord(records, op)
    }
  }
  const writer = new MemoryWriter(undo, apply)
  return {
    writer,
    log,
    jobs,
    streams,
    ...createRecordReaders(tables),
    [Symbol.asyncDispose]: async () => writer.close(),
  }
}

function applyRecord(records: ReturnType<typeof createRecordWrites>, op: RecordOp): void {
  const write = records[op.op] as ((op: RecordOp) => void) | undefined
  if (!write) throw storeErrors.write_invalid({ details: { reason: `there is no operation ${String(op.op)}` } })
  write(op)
}

function copyOf(unit: readonly WriteOp[]): readonly WriteOp[] {
  try {
    return JSON.parse(JSON.stringify(unit)) as readonly WriteOp[]
  } catch (cause) {
    throw storeErrors.write_invalid({ details: { reason: 'a value is not JSON' }, cause })
  }
}
