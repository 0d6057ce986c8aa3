/** The log as the rules describe it, in the plainest form: what any engine is compared with. */
import type { KeyState, WriteOp } from '../ports/index.ts'

interface ModelEntry {
  readonly id: string
  readonly kind: 'message' | 'change'
  readonly body: string
  readonly revision: number
  readonly client: string | null
}

export interface ModelState {
  /** Entries of a key by position - 1; null below the floor. */
  readonly keys: Record<string, { floor: number; readonly entries: (ModelEntry | null)[] }>
  readonly cursors: Record<string, number>
}

export const emptyModel = (): ModelState => ({ keys: {}, cursors: {} })

class Refusal extends Error {}

/** The state after the unit and `stored`, or the state before it and the code it is refused with. */
export function applyUnit(state: ModelState, unit: readonly WriteOp[]): [ModelState, string] {
  const next = structuredClone(state)
  try {
    let duplicate = false
    for (const op of unit) if (op.onlyIfNew === undefined || !duplicate) duplicate = applyOp(next, op)
    return [next, 'stored']
  } catch (error) {
    if (error instanceof Refusal) return [state, error.message]
    throw error
  }
}

export function stateOf(model: ModelState, key: string): KeyState {
  const log = model.keys[key]
  return { head: log?.entries.length ?? 0, floor: log?.floor ?? 0 }
}

function applyOp(model: ModelState, op: WriteOp): boolean {
  if (op.op === 'log.append') {
    const logs = op.targets.map((target) => keyOf(model, target.key))
    const client = op.clientId === undefined ? null : `${op.producer}/${op.clientId}`
    if (client !== null && logs[0]?.entries.some((entry) => entry?.client === client)) return true
    for (const log of logs)
      if (log.entries.length - log.floor >= (op.capacity ?? Infinity)) throw new Refusal('log_full')
    for (const [index, log] of logs.entries()) {
      const own = index === 0 ? client : null
      log.entries.push({ id: op.id, kind: 'message', body: op.body, revision: 0, client: own })
    }
  } else if (op.op === 'log.revise') {
    const logs = Object.values(model.keys).filter((log) => log.entries.some((entry) => entry?.id === op.id))
    const [first] = logs.flatMap((log) => log.entries.filter((entry) => entry?.id === op.id))
    if (!first || first.kind === 'change') throw new Refusal('log_not_found')
    if (op.expectRevision !== undefined && op.expectRevision !== first.revision) throw new Refusal('log_conflict')
    for (const log of logs) {
      const at = log.entries.findIndex((entry) => entry?.id === op.id)
      const revision = first.revision + 1
      log.entries[at] = { ...(log.entries[at] as ModelEntry), body: op.body, revision }
      const body = JSON.stringify({ id: op.id, seq: at + 1, revision })
      log.entries.push({ id: op.changeId, kind: 'change', body, revision: 0, client: null })
    }
  } else if (op.op === 'log.truncate') {
    const log = keyOf(model, op.key)
    log.floor = Math.max(log.floor, Math.min(op.upTo, log.entries.length))
    log.entries.fill(null, 0, log.floor)
  } else if (op.op === 'cursor.advance') {
    if (op.seq > keyOf(model, op.key).entries.length) throw new Refusal('cursor_past_head')
    const cursor = `${op.reader}@${op.key}`
    model.cursors[cursor] = Math.max(model.cursors[cursor] ?? 0, op.seq)
  }
  return false
}

function keyOf(model: ModelState, name: string): ModelState['keys'][string] {
  model.keys[name] ??= { floor: 0, entries: [] }
  return model.keys[name]
}
