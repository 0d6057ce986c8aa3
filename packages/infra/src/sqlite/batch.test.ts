import { samples } from '@parley/core/contract'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { TemporaryFolder } from '../testing/temporary-folder.ts'
import { BatchRunner, type Unit } from './batch.ts'
import { openWriterConnection } from './connection.ts'
import { KeyHeads } from './key-heads.ts'
import { createKysely } from './kysely.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { UnitApplier } from './unit.ts'

interface Bench extends AsyncDisposable {
  readonly path: string
  readonly db: Database.Database
  readonly run: (...units: readonly Unit[]) => Promise<readonly string[]>
  readonly positions: (key: string) => readonly number[]
}

/** A batch runner on a database of its own; `run` tells `stored` or the code of the refusal for each unit. */
async function openBench(): Promise<Bench> {
  const folder = await TemporaryFolder.create()
  const path = folder.file('parley.db')
  const db = openWriterConnection(path)
  await migrate(db, path, migrations)
  const keys = new KeyHeads(db, 4)
  const runner = new BatchRunner(db, new UnitApplier(db, Promise.resolve(createKysely(db)), keys), keys)
  const select = db.prepare<[string], number>(
    'SELECT seq FROM log_entries e JOIN log_keys k ON k.id = e.key_id WHERE k.name = ? ORDER BY seq',
  )
  return {
    path,
    db,
    run: async (...units) => {
      const outcomes = await runner.run(units)
      return outcomes.map((outcome) => (outcome[0] === 1 ? 'stored' : outcome[1].code))
    },
    positions: (key) => select.pluck().all(key),
    async [Symbol.asyncDispose]() {
      db.close()
      await folder[Symbol.asyncDispose]()
    },
  }
}

const refused = { op: 'cursor.advance', key: 'k', reader: 'r', seq: 99 } as const

test('WRITE-3 a unit that fails half-way takes nothing of its neighbours with it', async () => {
  await using bench = await openBench()
  const codes = await bench.run(
    [samples.append('k')],
    [samples.append('k'), samples.append('new'), refused],
    [samples.append('k')],
    [samples.append('new')],
  )
  expect(codes).toEqual(['stored', 'cursor_past_head', 'stored', 'stored'])
  expect(bench.positions('k')).toEqual([1, 2])
  expect(bench.positions('new')).toEqual([1])
})

test('LOG-1 positions stay gap-free over more keys than are remembered', async () => {
  await using bench = await openBench()
  for (let round = 0; round < 5; round++) {
    const units = Array.from({ length: 10 }, (_, key) => [samples.append(`k${key}`)])
    const codes = await bench.run(...units, [samples.append('k3'), refused])
    expect(codes.filter((code) => code === 'stored')).toHaveLength(10)
  }
  for (let key = 0; key < 10; key++) expect(bench.positions(`k${key}`)).toEqual([1, 2, 3, 4, 5])
})

test('LOG-1 positions go on from what another connection has written meanwhile', async () => {
  await using bench = await openBench()
  await bench.run([samples.append('k')], [samples.append('k')], [samples.append('k')])
  const shell = new Database(bench.path)
  shell.exec(`DELETE FROM log_entries WHERE seq > 1; UPDATE log_keys SET head = 1`)
  shell.close()
  expect(await bench.run([samples.append('k')])).toEqual(['stored'])
  expect(bench.positions('k')).toEqual([1, 2])
})

test('LOG-10 a full disk refuses the batch, loses nothing, and the store goes on when there is room again', async () => {
  await using bench = await openBench()
  await bench.run([samples.append('k')])
  const pages = bench.db.pragma('page_count', { simple: true }) as number
  bench.db.pragma(`max_page_count = ${pages + 2}`)
  const large = () => [samples.append('k', { body: 'x'.repeat(100_000) })]
  expect(await bench.run([samples.append('k')], large(), large())).toEqual(Array(3).fill('store_unavailable'))
  bench.db.pragma('max_page_count = 1000000')
  expect(await bench.run([samples.append('k')], large())).toEqual(['stored', 'stored'])
  expect(bench.positions('k')).toEqual([1, 2, 3])
})

test('LOG-10 a lock of another process refuses the batch, and the next one is stored', async () => {
  await using bench = await openBench()
  bench.db.pragma('busy_timeout = 5')
  const other = new Database(bench.path)
  other.exec('BEGIN IMMEDIATE')
  expect(await bench.run([samples.append('k')], [samples.append('k')])).toEqual(Array(2).fill('store_unavailable'))
  other.exec('ROLLBACK')
  other.close()
  expect(await bench.run([samples.append('k')])).toEqual(['stored'])
  expect(bench.positions('k')).toEqual([1])
})

test('LOG-10 a damaged database ends the writer instead of being written to', async () => {
  await using bench = await openBench()
  await bench.run([samples.append('k')])
  bench.db.pragma('wal_checkpoint(TRUNCATE)')
  bench.db.unsafeMode(true)
  bench.db.pragma('writable_schema = ON')
  const root = bench.db.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'log_keys'`).pluck().get()
  bench.db.prepare(`UPDATE sqlite_schema SET rootpage = ? WHERE name = 'log_entries_by_id'`).run(root)
  bench.db.pragma('writable_schema = RESET')
  await expect(bench.run([samples.append('k')])).rejects.toThrow('SQLITE_CORRUPT')
})
