import {
  COUNTED_ENTRIES,
  type EntryKind,
  type KeyState,
  type LogEntry,
  type LogReader,
  type PageQuery,
  storeErrors,
} from '@parley/core/ports'
import type { Database, Statement } from 'better-sqlite3'
import type { FreshEntries } from './fresh-entries.ts'

interface EntryRow {
  readonly seq: number
  readonly kind: number
  readonly id: string
  readonly producer: string
  readonly clientId: string | null
  readonly at: number
  readonly revision: number
  readonly extra: string | null
  readonly body: string
}

type RangeParameters = [key: string, after: number, before: number, kindFrom: number, kindTo: number, limit: number]

const MESSAGE = 0
const CHANGE = 1

const COLUMNS = `e.seq, e.kind, e.entry_id AS id, e.producer, e.client_id AS clientId, e.at, e.revision, e.extra,
  coalesce(e.body, b.body) AS body`
const FROM = `FROM log_keys k JOIN log_entries e ON e.key_id = k.id LEFT JOIN log_bodies b ON b.id = e.body_id`

/** The read side of the log, prepared by hand. Entries below the floor may still be on disk; no query shows them. */
export class SqliteLogReader implements LogReader {
  readonly #state: Statement<[string], KeyState>
  readonly #forward: Statement<RangeParameters, EntryRow>
  readonly #backward: Statement<RangeParameters, EntryRow>
  readonly #find: Statement<[string], EntryRow & { key: string }>
  readonly #findIn: Statement<[string, string], EntryRow & { key: string }>
  readonly #count: Statement<[string, number, string, number], number>
  readonly #cursor: Statement<[string, string], number>

  readonly #fresh: FreshEntries | undefined

  /** `fresh` answers for the newest entries of keys that this process writes. */
  constructor(db: Database, fresh?: FreshEntries) {
    this.#fresh = fresh
    this.#state = db.prepare('SELECT head, floor FROM log_keys WHERE name = ?')
    const range = `SELECT ${COLUMNS} ${FROM}
      WHERE k.name = ? AND e.seq > max(?, k.floor) AND e.seq < ? AND e.kind BETWEEN ? AND ?`
    this.#forward = db.prepare(`${range} ORDER BY e.seq LIMIT ?`)
    this.#backward = db.prepare(`${range} ORDER BY e.seq DESC LIMIT ?`)
    const byId = `SELECT k.name AS key, ${COLUMNS} ${FROM} WHERE e.entry_id = ? AND e.seq > k.floor`
    this.#find = db.prepare(`${byId} ORDER BY e.target LIMIT 1`)
    // The unary plus keeps the planner from walking the whole key in search of one id.
    this.#findIn = db.prepare(`${byId} AND +k.name = ?`)
    this.#count = db
      .prepare<[string, number, string, number], number>(
        `SELECT count(*) FROM (
           SELECT 1 FROM log_keys k JOIN log_entries e ON e.key_id = k.id
           WHERE k.name = ? AND e.seq > max(?, k.floor, k.head - ${COUNTED_ENTRIES}) AND e.kind = 0 AND e.producer <> ?
           LIMIT ?)`,
      )
      .pluck()
    this.#cursor = db
      .prepare<[string, string], number>(
        `SELECT c.seq FROM log_cursors c JOIN log_keys k ON k.id = c.key_id WHERE k.name = ? AND c.reader = ?`,
      )
      .pluck()
  }

  async state(key: string): Promise<KeyState> {
    return this.#state.get(key) ?? { head: 0, floor: 0 }
  }

  async read(key: string, after: number, limit: number): Promise<readonly LogEntry[]> {
    const fresh = this.#fresh?.after(key, after, limit)
    if (fresh !== undefined) return fresh
    const rows = this.#forward.all(key, after, Number.MAX_SAFE_INTEGER, MESSAGE, CHANGE, Math.max(0, limit))
    // Positions have no gaps, so a page that starts right behind `after` proves that nothing was cut away before it.
    if (rows[0]?.seq !== after + 1) {
      const floor = this.#state.get(key)?.floor ?? 0
      if (after < floor) throw storeErrors.log_below_floor({ details: { floor } })
    }
    return rows.map((row) => toEntry(row, key))
  }

  async page(query: PageQuery): Promise<readonly LogEntry[]> {
    const { key, after = 0, before = Number.MAX_SAFE_INTEGER } = query
    const fromOldest = query.after !== undefined && query.before === undefined
    const [kindFrom, kindTo] = kindRange(query.kind)
    const statement = fromOldest ? this.#forward : this.#backward
    const rows = statement.all(key, after, before, kindFrom, kindTo, Math.max(0, query.limit))
    if (!fromOldest) rows.reverse()
    return rows.map((row) => toEntry(row, key))
  }

  async find(id: string, key?: string): Promise<LogEntry | undefined> {
    const row = key === undefined ? this.#find.get(id) : this.#findIn.get(id, key)
    return row && toEntry(row, row.key)
  }

  async count(key: string, after: number, exceptProducer: string, cap: number): Promise<number> {
    return this.#count.get(key, after, exceptProducer, Math.max(0, cap)) ?? 0
  }

  async cursor(key: string, reader: string): Promise<number> {
    return this.#cursor.get(key, reader) ?? 0
  }
}

function kindRange(kind: EntryKind | undefined): [from: number, to: number] {
  if (kind === undefined) return [MESSAGE, CHANGE]
  return kind === 'change' ? [CHANGE, CHANGE] : [MESSAGE, MESSAGE]
}

function toEntry(row: EntryRow, key: string): LogEntry {
  return {
    key,
    seq: row.seq,
    id: row.id,
    kind: row.kind === CHANGE ? 'change' : 'message',
    producer: row.producer,
    clientId: row.clientId,
    at: row.at,
    body: row.body,
    extra: row.extra,
    revision: row.revision,
  }
}
