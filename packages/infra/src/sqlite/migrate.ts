import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { storeErrors } from '@parley/core/ports'
import type { Database } from 'better-sqlite3'
import type { Migration } from './migrations/index.ts'

const VERSIONS = `
CREATE TABLE IF NOT EXISTS schema_versions (
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT`

/** Version of the stored schema, 0 for a new database. */
export function schemaVersion(db: Database): number {
  const table = db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_versions'`)
  if (!table.get()) return 0
  return db.prepare<[], number | null>('SELECT max(version) FROM schema_versions').pluck().get() ?? 0
}

export interface MigrationReport {
  readonly from: number
  readonly to: number
  /** Path of the copy taken before an existing database was changed. */
  readonly backup?: string
}

/**
 * Brings the schema to the newest version, each step in its own transaction. An existing database is copied to
 * `backups/` beside it first. Throws `schema_newer` when a newer program has written it; nothing is changed then.
 */
export async function migrate(
  db: Database,
  path: string,
  migrations: readonly Migration[],
  now: () => number = Date.now,
): Promise<MigrationReport> {
  const from = schemaVersion(db)
  const to = migrations.at(-1)?.version ?? 0
  if (from > to) throw storeErrors.schema_newer({ details: { found: from, known: to } })
  if (from === to) return { from, to }
  const backup = from === 0 ? undefined : await copyBefore(db, path, to, now())
  const references = db.pragma('foreign_keys', { simple: true })
  // Off, because a migration that rebuilds a table would otherwise delete what refers to it; checked before each COMMIT.
  db.pragma('foreign_keys = OFF')
  try {
    for (const migration of migrations) if (migration.version > from) apply(db, migration, now())
  } finally {
    db.pragma(`foreign_keys = ${references}`)
  }
  return backup === undefined ? { from, to } : { from, to, backup }
}

function apply(db: Database, migration: Migration, at: number): void {
  db.transaction(() => {
    db.exec(VERSIONS)
    db.exec(migration.sql)
    db.prepare('INSERT INTO schema_versions (version, name, applied_at) VALUES (?, ?, ?)').run(
      migration.version,
      migration.name,
      at,
    )
    const broken = db.pragma('foreign_key_check') as readonly unknown[]
    if (broken.length > 0) throw new Error(`migration ${migration.version} leaves ${broken.length} broken references`)
  }).immediate()
}

async function copyBefore(db: Database, path: string, to: number, at: number): Promise<string> {
  const folder = join(dirname(path), 'backups')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const time = new Date(at).toISOString().replace(/[:.]/g, '-')
  const target = join(folder, `parley-before-v${to}-${time}.db`)
  await db.backup(target)
  chmodSync(target, 0o600)
  const handle = openSync(target, 'r')
  fsyncSync(handle)
  closeSync(handle)
  return target
}
