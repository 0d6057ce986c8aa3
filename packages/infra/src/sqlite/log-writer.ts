import {
  type AdvanceCursorOp,
  type AdvanceCursorResult,
  type AppendOp,
  type AppendResult,
  type ChangeBody,
  type ReviseOp,
  type ReviseResult,
  storeErrors,
  type TruncateOp,
} from '@parley/core/ports'
import type { Database, Statement } from 'better-sqlite3'
import type { KeyHead, KeyHeads } from './key-heads.ts'
import type { UnitScope } from './unit-scope.ts'

const MESSAGE = 0
const CHANGE = 1

type EntryRow = [
  keyId: number,
  seq: number,
  kind: number,
  entryId: string,
  target: number,
  producer: string,
  clientId: string | null,
  at: number,
  bodyId: number | null,
  extra: string | null,
  body: string | null,
]

interface StoredEntry {
  readonly pos: number
  readonly key: string
  readonly seq: number
  readonly kind: number
  readonly revision: number
  readonly body_id: number | null
}

/** The log operations, prepared by hand: they run for every message. */
export class LogWriter {
  readonly #keys: KeyHeads
  readonly #scope: UnitScope
  readonly #insertEntry: Statement<EntryRow>
  readonly #insertBody: Statement<[string]>
  readonly #byClient: Statement<[number, string, string], { pos: number; id: string; seq: number }>
  readonly #deleteEntry: Statement<[number]>
  readonly #byId: Statement<[string], StoredEntry>
  readonly #updateInline: Statement<[string, number, number]>
  readonly #updateShared: Statement<[string, number]>
  readonly #updateRevision: Statement<[number, string]>
  readonly #updateFloor: Statement<[number, number, number]>
  readonly #deleteMentions: Statement<[number, number]>
  readonly #cursor: Statement<[number, string], number>
  readonly #putCursor: Statement<[number, string, number]>

  constructor(db: Database, keys: KeyHeads, scope: UnitScope) {
    this.#keys = keys
    this.#scope = scope
    this.#insertEntry = db.prepare(
      `INSERT INTO log_entries
         (key_id, seq, kind, entry_id, target, producer, client_id, at, revision, body_id, extra, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)`,
    )
    this.#insertBody = db.prepare('INSERT INTO log_bodies (body) VALUES (?)')
    this.#byClient = db.prepare(
      `SELECT pos, entry_id AS id, seq FROM log_entries
       WHERE key_id = ? AND producer = ? AND client_id = ? AND target = 0`,
    )
    this.#deleteEntry = db.prepare('DELETE FROM log_entries WHERE pos = ?')
    this.#byId = db.prepare(
      `SELECT e.pos, k.name AS key, e.seq, e.kind, e.revision, e.body_id
       FROM log_entries e JOIN log_keys k ON k.id = e.key_id
       WHERE e.entry_id = ? AND e.seq > k.floor ORDER BY e.target`,
    )
    this.#updateInline = db.prepare('UPDATE log_entries SET body = ?, revision = ? WHERE pos = ?')
    this.#updateShared = db.prepare('UPDATE log_bodies SET body = ? WHERE id = ?')
    this.#updateRevision = db.prepare('UPDATE log_entries SET revision = ? WHERE entry_id = ?')
    this.#updateFloor = db.prepare('UPDATE log_keys SET head = ?, floor = ? WHERE id = ?')
    this.#deleteMentions = db.prepare('DELETE FROM mentions WHERE key_id = ? AND seq <= ?')
    this.#cursor = db
      .prepare<[number, string], number>('SELECT seq FROM log_cursors WHERE key_id = ? AND reader = ?')
      .pluck()
    this.#putCursor = db.prepare(
      `INSERT INTO log_cursors (key_id, reader, seq) VALUES (?, ?, ?)
       ON CONFLICT (key_id, reader) DO UPDATE SET seq = excluded.seq`,
    )
  }

  append(op: AppendOp): AppendResult {
    const { targets, clientId } = op
    const first = targets[0]
    if (first === undefined) throw invalid('an append needs at least one target')
    if (targets.length > 1) assertDistinct(targets)
    if (clientId !== undefined) {
      const earlier = this.#findEarlier(first.key, op.producer, clientId)
      if (earlier) return this.#duplicate(op, earlier)
    }
    if (op.capacity !== undefined) this.#assertRoom(op, op.capacity)

    this.#scope.markWrite()
    const kind = op.kind === 'change' ? CHANGE : MESSAGE
    const bodyId = targets.length > 1 ? Number(this.#insertBody.run(op.body).lastInsertRowid) : null
    const body = bodyId === null ? op.body : null
    const seqs = targets.map((target, index) => {
      const key = this.#keys.claim(target.key)
      const seq = this.#keys.advance(key)
      const extra = target.extra ?? null
      this.#insertEntry.run(key.id, seq, kind, op.id, index, op.producer, clientId ?? null, op.at, bodyId, extra, body)
      return seq
    })
    return { id: op.id, duplicate: false, seqs }
  }

  revise(op: ReviseOp): ReviseResult {
    const stored = this.#byId.all(op.id)
    const first = stored[0]
    if (first === undefined || first.kind !== MESSAGE) throw storeErrors.log_not_found({ details: { id: op.id } })
    if (op.expectRevision !== undefined && op.expectRevision !== first.revision) {
      throw storeErrors.log_conflict({ details: { id: op.id } })
    }

    this.#scope.markWrite()
    const revision = first.revision + 1
    if (first.body_id === null) this.#updateInline.run(op.body, revision, first.pos)
    else {
      this.#updateShared.run(op.body, first.body_id)
      this.#updateRevision.run(revision, op.id)
    }
    const changes = stored.map((entry, index) => {
      const key = this.#keys.claim(entry.key)
      const seq = this.#keys.advance(key)
      const body = JSON.stringify({ id: op.id, seq: entry.seq, revision } satisfies ChangeBody)
      this.#insertEntry.run(key.id, seq, CHANGE, op.changeId, index, op.producer, null, op.at, null, null, body)
      return { key: entry.key, seq }
    })
    return { revision, changes }
  }

  /** Raises the floor; readers see it at once, the rows leave the disk in small steps later (see `sweep.ts`). */
  truncate(op: Pick<TruncateOp, 'key' | 'upTo'>): { readonly floor: number } {
    const key = this.#keys.peek(op.key)
    if (!key) return { floor: 0 }
    const floor = Math.max(key.floor, Math.min(op.upTo, key.head))
    if (floor === key.floor) return { floor }
    this.#scope.markWrite()
    this.#keys.touch(key)
    key.floor = floor
    this.#updateFloor.run(key.head, floor, key.id)
    this.#deleteMentions.run(key.id, floor)
    return { floor }
  }

  advanceCursor(op: AdvanceCursorOp): AdvanceCursorResult {
    if (!Number.isSafeInteger(op.seq) || op.seq < 0) throw invalid('a position is a whole number from 0')
    const key = this.#keys.peek(op.key)
    const head = key?.head ?? 0
    if (op.seq > head) throw storeErrors.cursor_past_head({ details: { seq: op.seq, head } })
    if (!key) return { seq: 0 }
    const stored = this.#cursor.get(key.id, op.reader) ?? 0
    if (op.seq <= stored) return { seq: stored }
    this.#scope.markWrite()
    this.#putCursor.run(key.id, op.reader, op.seq)
    return { seq: op.seq }
  }

  #findEarlier(name: string, producer: string, clientId: string): { id: string; seq: number } | undefined {
    const key = this.#keys.peek(name)
    const row = key && this.#byClient.get(key.id, producer, clientId)
    if (!row || !key) return undefined
    if (row.seq > key.floor) return row
    // Retention has taken this entry and only the sweep has not come by yet: it must not stand in the way.
    this.#scope.markWrite()
    this.#deleteEntry.run(row.pos)
    return undefined
  }

  #duplicate(op: AppendOp, earlier: { id: string; seq: number }): AppendResult {
    if (op.targets.length === 1) return { id: earlier.id, duplicate: true, seqs: [earlier.seq] }
    const kept = new Map(this.#byId.all(earlier.id).map((entry) => [entry.key, entry.seq]))
    return { id: earlier.id, duplicate: true, seqs: op.targets.map((target) => kept.get(target.key) ?? 0) }
  }

  #assertRoom(op: AppendOp, capacity: number): void {
    for (const target of op.targets) {
      const key: KeyHead | undefined = this.#keys.peek(target.key)
      const held = key ? key.head - key.floor : 0
      if (held >= capacity) throw storeErrors.log_full({ details: { key: target.key } })
    }
  }
}

function assertDistinct(targets: AppendOp['targets']): void {
  if (new Set(targets.map((target) => target.key)).size !== targets.length) {
    throw invalid('the targets of an append are different keys')
  }
}

function invalid(reason: string): Error {
  return storeErrors.write_invalid({ details: { reason } })
}
