import { statSync } from 'node:fs'
import { samples } from '@parley/core/contract'
import type { Database } from 'better-sqlite3'
import { expect, test } from 'vitest'
import { TemporaryFolder } from '../testing/temporary-folder.ts'
import { copyAside, finishCheckpoint, isDue } from './checkpoint.ts'
import { openCheckpointConnection, openReaderConnection, openWriterConnection } from './connection.ts'
import { openSqliteStore } from './store.ts'

const pragma = (db: Database, name: string): unknown => db.pragma(name, { simple: true })

test('LOG-10 the writer syncs the write-ahead log at each commit; the reader cannot write', async () => {
  await using folder = await TemporaryFolder.create()
  const path = folder.file('parley.db')
  using writer = disposable(openWriterConnection(path))
  expect(pragma(writer.db, 'journal_mode')).toBe('wal')
  expect(pragma(writer.db, 'synchronous')).toBe(2)
  expect(pragma(writer.db, 'foreign_keys')).toBe(1)
  expect(pragma(writer.db, 'wal_autocheckpoint')).toBe(0)
  writer.db.exec('CREATE TABLE t (x)')
  using reader = disposable(openReaderConnection(path))
  expect(() => reader.db.exec('INSERT INTO t VALUES (1)')).toThrow('readonly')
  using copier = disposable(openCheckpointConnection(path))
  expect(pragma(copier.db, 'synchronous')).toBe(2)
})

test('the data folder and everything in it is for its owner only', async () => {
  await using folder = await TemporaryFolder.create()
  const path = folder.file('data', 'parley.db')
  await using store = await openSqliteStore({ path })
  await store.writer.commit([samples.append('k')])
  const mode = (file: string): string => (statSync(file).mode & 0o777).toString(8)
  expect(mode(folder.file('data'))).toBe('700')
  for (const name of ['parley.db', 'parley.db-wal', 'parley.db-shm', 'parley.lock']) {
    expect([name, mode(folder.file('data', name))]).toEqual([name, '600'])
  }
})

test('a checkpoint beside the writer lets the write-ahead file start anew instead of growing', async () => {
  await using folder = await TemporaryFolder.create()
  const path = folder.file('parley.db')
  using writer = disposable(openWriterConnection(path))
  using copier = disposable(openCheckpointConnection(path))
  writer.db.exec('CREATE TABLE t (x)')
  const fill = (): void => {
    const insert = writer.db.prepare('INSERT INTO t VALUES (zeroblob(4000000))')
    for (let i = 0; i < 5; i++) insert.run()
  }
  expect(isDue(writer.db)).toBe(false)
  fill()
  expect(isDue(writer.db)).toBe(true)
  const before = statSync(`${path}-wal`).size
  copyAside(copier.db)
  finishCheckpoint(writer.db)
  expect(isDue(writer.db)).toBe(false)
  fill()
  expect(statSync(`${path}-wal`).size).toBeLessThan(before * 1.2)
})

test('a store under load moves its write-ahead file into the database without being closed', async () => {
  await using folder = await TemporaryFolder.create()
  const path = folder.file('data', 'parley.db')
  await using store = await openSqliteStore({ path })
  const body = 'x'.repeat(400_000)
  for (let i = 0; i < 100; i++) await store.writer.commit([samples.append('k', { body })])
  await expect.poll(() => statSync(path).size).toBeGreaterThan(16_000_000)
  expect((await store.log.read('k', 0, 200)).length).toBe(100)
})

function disposable(db: Database): Disposable & { readonly db: Database } {
  return { db, [Symbol.dispose]: () => void db.close() }
}
