/** What lies where in a data folder. */
export const DATABASE = 'parley.db'
export const LOCK = 'parley.lock'
export const BACKUPS = 'backups'
/** There while a restore moves files; holds the path of the folder with what was there before. */
export const RESTORE_MARK = 'restore.pending'

const NOT_COPIED = new Set([DATABASE, LOCK, BACKUPS, RESTORE_MARK, 'logs'])
/** A file that is being written and has not got its name yet. */
const DRAFT = /^\..+\.[0-9a-f]{8}-[0-9a-f-]{27}$/
/** Files that SQLite keeps beside a database and folds into it. */
const JOURNAL = /-(wal|shm|journal)$/

/** True for an entry of the data folder that a backup copies as it is; the database is copied by itself. */
export function isCopied(name: string, atTop: boolean): boolean {
  if (DRAFT.test(name) || JOURNAL.test(name)) return false
  return !(atTop && (NOT_COPIED.has(name) || name.startsWith('.restore-')))
}
