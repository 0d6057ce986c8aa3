import { describeStoreContract } from '@parley/core/contract'
import Database from 'better-sqlite3'
import { TemporaryFolder } from '../testing/temporary-folder.ts'
import { openSqliteStore } from './index.ts'

describeStoreContract('sqlite', async () => {
  const folder = await TemporaryFolder.create()
  const path = folder.file('data', 'parley.db')
  let store = await openSqliteStore({ path })
  return {
    store,
    async reopen() {
      await store[Symbol.asyncDispose]()
      store = await openSqliteStore({ path })
      return store
    },
    reset: async () => empty(path),
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
})

/** Empties all tables but that of the schema, from outside, as an administrator could. */
function empty(path: string): void {
  const db = new Database(path, { timeout: 10_000 })
  db.pragma('foreign_keys = OFF')
  const tables = db.prepare<[], string>(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'schema_versions'`,
  )
  db.transaction(() => {
    for (const table of tables.pluck().all()) db.exec(`DELETE FROM ${table}`)
  }).immediate()
  db.close()
}
