import { existsSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { dataErrors } from './errors.ts'
import { schemaVersion } from './migrate.ts'
import { migrations } from './migrations/index.ts'

export interface Inspection {
  /** Schema version of the database, and the newest this program knows. */
  readonly schema: number
  readonly known: number
  /** What is wrong, in plain words; empty when all is well. */
  readonly problems: readonly string[]
  /** Rows by table. */
  readonly counts: Readonly<Record<string, number>>
  /** Bytes of the database and of its write-ahead file. */
  readonly size: number
  readonly walSize: number
}

const COUNTED = [
  'users',
  'sessions',
  'agents',
  'channels',
  'channel_members',
  'log_keys',
  'log_entries',
  'jobs',
  'blobs',
  'usage',
  'audit',
] as const

/**
 * Looks at a database without changing it; a server may be using it. Checks SQLite's structures, the references between
 * tables, and the gap-free positions of the log. Errors: `database_missing`, `database_damaged` (not readable at all).
 */
export function inspect(path: string): Inspection {
  if (!existsSync(path)) throw dataErrors.database_missing({ details: { path } })
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: 5_000 })
  try {
    // One transaction, so that all figures are of one moment.
    return db.transaction(() => look(db, path)).deferred()
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw dataErrors.database_damaged({ details: { path, problem }, cause })
  } finally {
    db.close()
  }
}

function look(db: Database.Database, path: string): Inspection {
  const schema = schemaVersion(db)
  const known = migrations.at(-1)?.version ?? 0
  const problems = (db.pragma('integrity_check(20)') as { integrity_check: string }[]).map((row) => row.integrity_check)
  const sound = problems.length === 1 && problems[0] === 'ok'
  const found = sound ? [] : problems
  if (sound && schema === known) found.push(...brokenReferences(db), ...gaps(db))
  if (schema > known) found.push(`schema ${schema} is newer than this program (${known})`)
  const counts = sound && schema === known ? countRows(db) : {}
  const wal = statSync(`${path}-wal`, { throwIfNoEntry: false })
  return { schema, known, problems: found, counts, size: statSync(path).size, walSize: wal?.size ?? 0 }
}

function brokenReferences(db: Database.Database): readonly string[] {
  const rows = db.pragma('foreign_key_check') as { table: string; parent: string }[]
  return rows.slice(0, 20).map((row) => `a row of ${row.table} names a row of ${row.parent} that is not there`)
}

/** LOG-1: behind what retention has swept, every position up to the head is there. */
function gaps(db: Database.Database): readonly string[] {
  const broken = db.prepare<[], { name: string; head: number; kept: number; wanted: number }>(
    `SELECT k.name, k.head, count(e.pos) AS kept, k.head - k.swept AS wanted
     FROM log_keys k LEFT JOIN log_entries e ON e.key_id = k.id AND e.seq > k.swept AND e.seq <= k.head
     GROUP BY k.id HAVING kept <> wanted LIMIT 20`,
  )
  const beyond = db.prepare<[], string>(
    `SELECT k.name FROM log_keys k WHERE EXISTS (SELECT 1 FROM log_entries e WHERE e.key_id = k.id AND e.seq > k.head) LIMIT 20`,
  )
  return [
    ...broken.all().map((row) => `the log ${row.name} keeps ${row.kept} of ${row.wanted} entries up to ${row.head}`),
    ...beyond
      .pluck()
      .all()
      .map((name) => `the log ${name} has entries past its head`),
  ]
}

function countRows(db: Database.Database): Readonly<Record<string, number>> {
  return Object.fromEntries(
    COUNTED.map((table) => [table, db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0]),
  )
}
