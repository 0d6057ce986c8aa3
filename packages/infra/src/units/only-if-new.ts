import { type AppendResult, storeErrors, type WriteOp } from '@parley/core/ports'

/**
 * True for an operation that is left out because the append it names was a duplicate, or was left out itself.
 * Throws `write_invalid` when it names no earlier append of its unit.
 */
export function isSkipped(op: WriteOp, index: number, unit: readonly WriteOp[], results: readonly unknown[]): boolean {
  if (op.onlyIfNew === undefined) return false
  if (op.onlyIfNew < 0 || op.onlyIfNew >= index || unit[op.onlyIfNew]?.op !== 'log.append') {
    throw storeErrors.write_invalid({ details: { reason: 'onlyIfNew names an earlier append of the same unit' } })
  }
  const append = results[op.onlyIfNew] as AppendResult | null
  return append === null || append.duplicate
}
