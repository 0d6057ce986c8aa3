import { closeSync, openSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { storeErrors } from '@parley/core/ports'
import Database from 'better-sqlite3'

/**
 * Claims a data folder for this process. The claim is a lock of the operating system, held through an exclusive
 * transaction on a file of its own: it ends with the process however that ends, and never needs cleaning up.
 */
export class FolderLock implements Disposable {
  readonly #db: Database.Database

  /** Throws `data_folder_taken` when another process, or another store of this one, holds the folder. */
  constructor(path: string) {
    closeSync(openSync(path, 'a', 0o600))
    this.#db = new Database(path, { timeout: 0 })
    try {
      // Nothing is ever written to the file, so it needs no journal beside it.
      this.#db.pragma('journal_mode = MEMORY')
      this.#db.exec('BEGIN EXCLUSIVE')
    } catch (cause) {
      this.#db.close()
      if ((cause as { code?: string }).code !== 'SQLITE_BUSY') throw cause
      throw storeErrors.data_folder_taken({ details: { folder: dirname(path), lock: basename(path) }, cause })
    }
  }

  [Symbol.dispose](): void {
    this.#db.close()
  }
}
