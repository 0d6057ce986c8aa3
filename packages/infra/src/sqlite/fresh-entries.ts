import type { AppendOp, AppendResult, LogEntry, ReviseResult, WriteOp, Writer } from '@parley/core/ports'

/**
 * The entries whose COMMIT this turn of the event loop has learnt of. Bells ring in the same turn, so those who follow a log
 * get what was just stored without asking the database for it. Afterwards everything is forgotten: the database alone
 * knows what it holds, also when somebody else has changed it.
 */
export class FreshEntries {
  /** Each list is without gaps and ends at the newest position this process knows. */
  readonly #byKey = new Map<string, LogEntry[]>()

  /** Takes note of a stored unit. */
  note(unit: readonly WriteOp[], results: readonly unknown[]): void {
    for (const [i, op] of unit.entries()) {
      const result = results[i]
      // Null: the operation was skipped, or has nothing to do with the log.
      if (op.op === 'log.append' && result !== null) this.#noteAppend(op, result as AppendResult)
      else if (op.op === 'log.revise' && result !== null) {
        // The result does not tell all of what was written; the database does.
        for (const { key } of (result as ReviseResult).changes) this.#byKey.delete(key)
      } else if (op.op === 'log.truncate' || op.op === 'channel.delete') this.#byKey.delete(op.key)
    }
  }

  /** Entries behind position `after`, at most `limit`; undefined when the database must be asked. */
  after(key: string, after: number, limit: number): readonly LogEntry[] | undefined {
    const fresh = this.#byKey.get(key)
    const first = fresh?.[0]
    if (fresh === undefined || first === undefined || after < first.seq - 1) return undefined
    const start = after + 1 - first.seq
    return fresh.slice(start, start + Math.max(0, limit))
  }

  #noteAppend(op: AppendOp, { duplicate, seqs }: AppendResult): void {
    if (duplicate) return
    for (const [i, target] of op.targets.entries()) {
      this.#push({
        key: target.key,
        seq: seqs[i] as number,
        id: op.id,
        kind: op.kind ?? 'message',
        producer: op.producer,
        clientId: op.clientId ?? null,
        at: op.at,
        body: op.body,
        extra: target.extra ?? null,
        revision: 0,
      })
    }
  }

  #push(entry: LogEntry): void {
    if (this.#byKey.size === 0) setImmediate(() => this.#byKey.clear())
    const fresh = this.#byKey.get(entry.key)
    if (fresh !== undefined && fresh.at(-1)?.seq === entry.seq - 1) fresh.push(entry)
    else this.#byKey.set(entry.key, [entry])
  }
}

/** A writer that lets `fresh` know what was stored, before its caller does. */
export function noting(writer: Writer, fresh: FreshEntries): Writer {
  return {
    async commit(unit) {
      const results = await writer.commit(unit)
      fresh.note(unit as readonly WriteOp[], results as readonly unknown[])
      return results
    },
  }
}
