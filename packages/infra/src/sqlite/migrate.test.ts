import { readdirSync } from 'node:fs'
import { codeOf, samples } from '@parley/core/contract'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { TemporaryFolder } from '../testing/temporary-folder.ts'
import { migrate, schemaVersion } from './migrate.ts'
import { type Migration, migrations } from './migrations/index.ts'
import { openSqliteStore } from './store.ts'

const one: Migration = { version: 1, name: 'one', sql: 'CREATE TABLE a (x); INSERT INTO a VALUES (1)' }
const two: Migration = { version: 2, name: 'two', sql: 'CREATE TABLE b (y); UPDATE a SET x = 2' }
const broken: Migration = { version: 2, name: 'broken', sql: 'UPDATE a SET x = 3; CREATE TABLE a (x)' }
const clock = () => Date.UTC(2026, 2, 1, 10, 20, 30)

test('migrations are numbered without gaps', () => {
  expect(migrations.map((migration) => migration.version)).toEqual(migrations.map((_, index) => index + 1))
})

test('a new database gets all migrations and no backup; an existing one only the missing ones, after a copy', async () => {
  await using folder = await TemporaryFolder.create()
  const path = folder.file('parley.db')
  const db = new Database(path)
  expect(await migrate(db, path, [one], clock)).toEqual({ from: 0, to: 1 })
  expect(readdirSync(folder.path)).not.toContain('backups')
  const backup = folder.file('backups', 'parley-before-v2-2026-03-01T10-20-30-000Z.db')
  expect(await migrate(db, path, [one, two], clock)).toEqual({ from: 1, to: 2, backup })
  expect(await migrate(db, path, [one, two], clock)).toEqual({ from: 2, to: 2 })
  expect(db.prepare('SELECT x FROM a').pluck().all()).toEqual([2])
  db.close()
  const copy = new Database(backup)
  expect([schemaVersion(copy), copy.prepare('SELECT x FROM a').pluck().all()]).toEqual([1, [1]])
  copy.close()
})

test('a migration that fails leaves the schema and the data as they were', async () => {
  await using folder = await TemporaryFolder.create()
  const path = folder.file('parley.db')
  const db = new Database(path)
  await migrate(db, path, [one], clock)
  await expect(migrate(db, path, [one, broken], clock)).rejects.toThrow('already exists')
  expect([schemaVersion(db), db.prepare('SELECT x FROM a').pluck().all()]).toEqual([1, [1]])
  db.close()
})

test('a migration may rebuild a table that others refer to, but must not leave broken references', async () => {
  await using folder = await TemporaryFolder.create()
  const path = folder.file('parley.db')
  const db = new Database(path)
  db.pragma('foreign_keys = ON')
  const parent = 'CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1)'
  const child = 'CREATE TABLE c (p INTEGER REFERENCES p (id) ON DELETE CASCADE); INSERT INTO c VALUES (1)'
  const first = { version: 1, name: 'first', sql: `${parent}; ${child}` }
  const rebuild =
    'CREATE TABLE q (id INTEGER PRIMARY KEY, x); INSERT INTO q SELECT id, 0 FROM p; DROP TABLE p; ALTER TABLE q RENAME TO p'
  await migrate(db, path, [first, { version: 2, name: 'rebuild', sql: rebuild }], clock)
  expect(db.prepare('SELECT p FROM c').pluck().all()).toEqual([1])
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
  const careless = { version: 3, name: 'careless', sql: 'DELETE FROM p' }
  const all = [first, { version: 2, name: 'rebuild', sql: rebuild }, careless]
  await expect(migrate(db, path, all, clock)).rejects.toThrow('1 broken references')
  expect([schemaVersion(db), db.prepare('SELECT id FROM p').pluck().all()]).toEqual([2, [1]])
  db.close()
})

test('a database of a newer program is refused with both versions, and not touched', async () => {
  await using folder = await TemporaryFolder.create()
  const path = folder.file('data', 'parley.db')
  await (await openSqliteStore({ path }))[Symbol.asyncDispose]()
  const db = new Database(path)
  db.prepare(`INSERT INTO schema_versions VALUES (999, 'future', 1)`).run()
  db.close()
  await expect(openSqliteStore({ path })).rejects.toMatchObject({
    code: 'schema_newer',
    details: { found: 999, known: migrations.length },
  })
  const again = new Database(path)
  again.prepare('DELETE FROM schema_versions WHERE version = 999').run()
  again.close()
  await using store = await openSqliteStore({ path })
  expect(await codeOf(store.writer.commit([samples.append('k')]))).toBe('stored')
})

test('a file that is no database is refused, and stays as it is', async () => {
  await using folder = await TemporaryFolder.create()
  const path = folder.file('parley.db')
  const { writeFileSync, readFileSync } = await import('node:fs')
  writeFileSync(path, 'not a database, but somebody’s notes'.repeat(100))
  await expect(openSqliteStore({ path })).rejects.toMatchObject({ code: 'store_unavailable' })
  expect(readFileSync(path, 'utf8')).toContain('somebody’s notes')
})
