import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { SqliteAgentReader, SqliteChannelReader, SqliteSessionReader, SqliteUserReader } from './hot-readers.ts'
import { JobWriter } from './job-writer.ts'
import { KeyHeads } from './key-heads.ts'
import { createKysely } from './kysely.ts'
import { SqliteLogReader } from './log-reader.ts'
import { LogWriter } from './log-writer.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { StreamWriter } from './stream-writer.ts'
import { Sweeper } from './sweep.ts'
import { UnitScope } from './unit-scope.ts'

/** The plan of every statement prepared by hand, as SQLite explains it. */
async function plans(): Promise<ReadonlyMap<string, readonly string[]>> {
  const db = new Database(':memory:')
  await migrate(db, ':memory:', migrations)
  const statements: string[] = []
  const recording = new Proxy(db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      return (...args: unknown[]): unknown => {
        if (name === 'prepare') statements.push(String(args[0]))
        return value.apply(target, args)
      }
    },
  })
  const scope = new UnitScope()
  const keys = new KeyHeads(recording)
  const users = [
    new LogWriter(recording, keys, scope),
    new JobWriter(recording, scope),
    new StreamWriter(recording, scope),
    new Sweeper(recording),
    new SqliteLogReader(recording),
    new SqliteUserReader(recording, createKysely(db)),
    new SqliteAgentReader(recording, createKysely(db)),
    new SqliteChannelReader(recording, createKysely(db)),
    new SqliteSessionReader(recording, createKysely(db)),
  ]
  expect(users).toHaveLength(9)
  const explained = statements.map((sql) => {
    const parameters = Array<null>(sql.split('?').length - 1).fill(null)
    const rows = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as { detail: string }[]
    return [sql, rows.map((row) => row.detail)] as const
  })
  db.close()
  return new Map(explained)
}

/** These hold only what is still to be done, so reading them whole is the point. */
const WORK_LISTS = /^SCAN \w+ USING (COVERING )?INDEX (log_keys_unswept|jobs_open_by_lane)$/

test('no statement on the hot path reads a whole table, or sorts', async () => {
  const found = await plans()
  expect(found.size).toBeGreaterThan(35)
  const slow = [...found].flatMap(([sql, plan]) => {
    const bad = plan.filter((step) => (/^SCAN \w/.test(step) && !WORK_LISTS.test(step)) || step.includes('TEMP B-TREE'))
    return bad.map((step) => `${step}: ${sql}`)
  })
  expect(slow).toEqual([])
})

test('each look-up in the log uses the index made for it', async () => {
  const found = [...(await plans())]
  const expectIndex = (fragment: string, count: number, index: RegExp): void => {
    const matching = found.filter(([sql]) => sql.includes(fragment))
    expect([fragment, matching.length]).toEqual([fragment, count])
    for (const [sql, plan] of matching) expect([sql, plan.join()]).toEqual([sql, expect.stringMatching(index)])
  }
  expectIndex('entry_id = ?', 4, /log_entries_by_id \(entry_id=\?/)
  expectIndex('e.seq > max(?', 3, /log_entries_by_seq \(key_id=\? AND seq>\?/)
  expectIndex('client_id = ?', 1, /log_entries_by_client \(key_id=\? AND producer=\? AND client_id=\?\)/)
  expectIndex('e.body_id = log_bodies.id', 1, /log_entries_by_body \(body_id=\?\)/)
})
