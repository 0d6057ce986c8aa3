import type { AppendResult, ReviseResult, WriteOp } from '../ports/index.ts'

/**
 * What a stored unit has to announce: bus key and newest position, one bell per key. Skipped operations and duplicates
 * changed nothing. Keys without positions ring with 0.
 */
export function bellsOf(unit: readonly WriteOp[], results: readonly unknown[]): ReadonlyMap<string, number> {
  const bells = new Map<string, number>()
  const note = (key: string, seq: number): void => {
    bells.set(key, Math.max(bells.get(key) ?? 0, seq))
  }
  for (const [index, op] of unit.entries()) {
    const result = results[index]
    if (op.op === 'log.append') noteAppend(op.targets, result as AppendResult | null, note)
    else if (op.op === 'log.revise')
      for (const change of (result as ReviseResult | null)?.changes ?? []) note(change.key, change.seq)
    else if (op.op === 'job.enqueue') note(`jobs:${op.job.kind}`, 0)
    else if (op.op === 'job.stop' && (result as { running: boolean } | null)?.running) note(`stop:${op.id}`, 0)
  }
  return bells
}

function noteAppend(
  targets: readonly { readonly key: string }[],
  result: AppendResult | null,
  note: (key: string, seq: number) => void,
): void {
  if (result === null || result.duplicate) return
  for (const [index, target] of targets.entries()) note(target.key, result.seqs[index] ?? 0)
}
