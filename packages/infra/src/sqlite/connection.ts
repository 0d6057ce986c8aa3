import { closeSync, openSync } from 'node:fs'
import Database from 'better-sqlite3'

/** Milliseconds to wait for a foreign process (a backup, an administrator's shell) that holds a database lock. */
const BUSY_TIMEOUT = 5_000
/** The write-ahead file is cut back to this size after it was checkpointed. */
const JOURNAL_SIZE_LIMIT = 64 * 1024 * 1024

/** The only connection that writes. Every COMMIT on it is on disk when it returns (LOG-10). */
export function openWriterConnection(path: string): Database.Database {
  // Created beforehand, because SQLite would create it readable by everybody; its -wal and -shm files inherit the mode.
  closeSync(openSync(path, 'a', 0o600))
  const db = openWritable(path)
  db.pragma('journal_mode = WAL')
  db.pragma('foreign_keys = ON')
  db.pragma('cache_size = -65536')
  db.pragma('temp_store = MEMORY')
  return db
}

/** Copies the write-ahead file into the database file while the writer keeps writing. */
export function openCheckpointConnection(path: string): Database.Database {
  return openWritable(path)
}

export function openReaderConnection(path: string): Database.Database {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT })
  db.pragma('cache_size = -32768')
  db.pragma('temp_store = MEMORY')
  return db
}

function openWritable(path: string): Database.Database {
  const db = new Database(path, { fileMustExist: true, timeout: BUSY_TIMEOUT })
  // FULL syncs the write-ahead file at each commit; the library's default would not.
  db.pragma('synchronous = FULL')
  // On macOS only these two make a sync reach the disk; elsewhere they do nothing.
  db.pragma('fullfsync = ON')
  db.pragma('checkpoint_fullfsync = ON')
  db.pragma('wal_autocheckpoint = 0')
  db.pragma(`journal_size_limit = ${JOURNAL_SIZE_LIMIT}`)
  return db
}
