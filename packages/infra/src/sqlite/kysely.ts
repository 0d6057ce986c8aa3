import type { Database, Statement } from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import type { Db, Schema } from '../sql/schema.ts'

/**
 * Kysely on a connection that somebody else opens, closes and puts into transactions. Statements are prepared once:
 * their texts are a fixed set, so the cache stays small.
 */
export function createKysely(db: Database): Db {
  const prepared = new Map<string, Statement<unknown[]>>()
  const prepare = (sql: string) => {
    let statement = prepared.get(sql)
    if (!statement) {
      statement = db.prepare<unknown[]>(sql)
      prepared.set(sql, statement)
    }
    const { reader } = statement
    return {
      reader,
      all: (parameters: readonly unknown[]) => statement.all(...parameters),
      run: (parameters: readonly unknown[]) => statement.run(...parameters),
      iterate: (parameters: readonly unknown[]) => statement.iterate(...parameters),
    }
  }
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: { prepare, close: () => {} } }) })
}
