import { samples } from '@parley/core/contract'
import type { Store } from '@parley/core/ports'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { TemporaryFolder } from '../testing/temporary-folder.ts'
import { openSqliteStore } from './store.ts'
import { Sweeper } from './sweep.ts'

const counts = (path: string): readonly unknown[] => {
  const db = new Database(path, { readonly: true })
  const count = (table: string): unknown => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
  const found = [count('log_entries'), count('log_bodies')]
  db.close()
  return found
}

async function fill(store: Store, entries: number): Promise<void> {
  const targets = [{ key: 'a' }, { key: 'b' }]
  await store.writer.commit(Array.from({ length: entries }, () => samples.append('', { targets })))
}

test('LOG-9 a body for several targets is one row, and goes with the last entry that needs it', async () => {
  await using folder = await TemporaryFolder.create()
  const path = folder.file('data', 'parley.db')
  await using store = await openSqliteStore({ path })
  await fill(store, 700)
  expect(counts(path)).toEqual([1_400, 700])
  await store.writer.commit([samples.append('c')])
  expect(counts(path)).toEqual([1_401, 700])
  await store.writer.commit([{ op: 'log.truncate', key: 'a', upTo: 600 }])
  await expect.poll(() => counts(path)).toEqual([801, 700])
  await store.writer.commit([{ op: 'log.truncate', key: 'b', upTo: 500 }])
  await expect.poll(() => counts(path)).toEqual([301, 200])
})

test('LOG-8 a sweep that was cut short goes on at the next start', async () => {
  await using folder = await TemporaryFolder.create()
  const path = folder.file('data', 'parley.db')
  const store = await openSqliteStore({ path })
  await fill(store, 600)
  await store[Symbol.asyncDispose]()
  const db = new Database(path)
  db.prepare(`UPDATE log_keys SET floor = 600`).run()
  const sweeper = new Sweeper(db)
  expect(sweeper.step()).toBe(true)
  db.close()
  expect(counts(path)).toEqual([1_200 - 256, 600])
  await using again = await openSqliteStore({ path })
  await expect.poll(() => counts(path)).toEqual([0, 0])
  const [result] = await again.writer.commit([samples.append('a')])
  expect(result.seqs).toEqual([601])
})
