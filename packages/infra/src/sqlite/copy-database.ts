import { open } from 'node:fs/promises'
import Database from 'better-sqlite3'
import { dataErrors } from './errors.ts'
import { schemaVersion } from './migrate.ts'

const MAGIC = Buffer.from('SQLite format 3\0')

/** True for a file that is an SQLite database by its first bytes. */
export async function isDatabase(path: string): Promise<boolean> {
  await using handle = await open(path, 'r')
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0)
  return bytesRead === MAGIC.length && buffer.equals(MAGIC)
}

/**
 * Copies a database that others may be writing, as it was at one moment, and returns the schema version of the copy.
 * Throws `database_damaged` when the copy does not pass SQLite's own check.
 */
export async function copyDatabase(source: string, target: string): Promise<number> {
  const db = new Database(source, { readonly: true, fileMustExist: true, timeout: 5_000 })
  try {
    // The open read transaction holds the moment; without it the copy would start anew at each commit of the others.
    db.exec('BEGIN')
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
    await db.backup(target, { progress: () => 2_000 })
    db.exec('COMMIT')
  } finally {
    db.close()
  }
  return finishCopy(target)
}

/** Makes the copy one self-contained file, and checks it. */
function finishCopy(path: string): number {
  const db = new Database(path, { fileMustExist: true })
  try {
    db.pragma('synchronous = FULL')
    db.pragma('journal_mode = DELETE')
    const problem = db.pragma('quick_check(1)', { simple: true })
    if (problem !== 'ok') throw dataErrors.database_damaged({ details: { path, problem: String(problem) } })
    return schemaVersion(db)
  } finally {
    db.close()
  }
}
