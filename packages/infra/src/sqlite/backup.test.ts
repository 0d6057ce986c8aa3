import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, samples } from '@parley/core/contract'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { TemporaryFolder } from '../testing/temporary-folder.ts'
import { backupTo, inspect, openSqliteStore, restoreFrom } from './index.ts'

const noon = () => Date.UTC(2026, 2, 1, 12)

/** A data folder as a server leaves it, with one message per entry of `texts`. */
async function createData(folder: string, ...texts: readonly string[]): Promise<void> {
  const store = await openSqliteStore({ path: join(folder, 'parley.db') })
  await store.writer.commit(texts.map((text) => samples.append('k', { body: text })))
  await store[Symbol.asyncDispose]()
}

async function textsIn(folder: string): Promise<readonly string[]> {
  await using store = await openSqliteStore({ path: join(folder, 'parley.db') })
  return (await store.log.read('k', 0, 1_000)).map((entry) => entry.body)
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), text)
  }
}

test('a backup holds the database and every other file, and restores into an empty folder', async () => {
  await using folder = await TemporaryFolder.create()
  const [data, backup, fresh] = [folder.file('data'), folder.file('backup'), folder.file('fresh')]
  await createData(data, 'one', 'two')
  const files = {
    'uploads/2026-03/图.png': 'pixels',
    'workspace-agent_1/SOUL.md': '# soul',
    'secret.key': 'key',
    'config.yaml': 'port: 1',
  }
  await writeFiles(data, {
    ...files,
    'logs/today.log': 'x',
    'backups/old.db': 'x',
    'uploads/.a.png.123e4567-e89b-12d3-a456-426614174000': 'draft',
  })
  const manifest = await backupTo(data, backup, noon)
  expect(manifest).toMatchObject({
    format: 1,
    createdAt: '2026-03-01T12:00:00.000Z',
    schema: inspect(join(data, 'parley.db')).schema,
  })
  expect(manifest.files.map((file) => file.path).toSorted()).toEqual(['parley.db', ...Object.keys(files)].toSorted())
  expect((await stat(join(backup, 'parley.db'))).mode & 0o777).toBe(0o600)
  expect(await restoreFrom(backup, fresh)).toEqual({ manifest })
  expect(await textsIn(fresh)).toEqual(['one', 'two'])
  for (const [path, text] of Object.entries(files)) expect(await readFile(join(fresh, path), 'utf8')).toBe(text)
})

test('a backup of a server that is writing is one moment of it', async () => {
  await using folder = await TemporaryFolder.create()
  const data = folder.file('data')
  await using store = await openSqliteStore({ path: join(data, 'parley.db') })
  let busy = true
  let acknowledged = 0
  const writing = (async () => {
    while (busy) {
      await store.writer.commit([samples.append('a', { body: 'x'.repeat(2_000) }), samples.append('b')])
      acknowledged += 1
    }
  })()
  for (let round = 1; round <= 3; round++) {
    const before = acknowledged
    const backup = folder.file(`backup${round}`)
    await backupTo(data, backup)
    const found = inspect(join(backup, 'parley.db'))
    expect(found.problems).toEqual([])
    expect(found.counts.log_entries).toBeGreaterThanOrEqual(before * 2)
    const copy = new Database(join(backup, 'parley.db'), { readonly: true })
    const heads = copy.prepare('SELECT DISTINCT head FROM log_keys').pluck().all()
    expect(heads.length).toBeLessThan(2)
    copy.close()
  }
  busy = false
  await writing
})

test('databases of agents are copied as databases, with what is still in their write-ahead files', async () => {
  await using folder = await TemporaryFolder.create()
  const [data, backup] = [folder.file('data'), folder.file('backup')]
  await createData(data, 'one')
  await mkdir(join(data, 'workspace-a'))
  const memory = new Database(join(data, 'workspace-a', 'memory.db'))
  memory.pragma('journal_mode = WAL')
  memory.exec(`CREATE TABLE memories (text); INSERT INTO memories VALUES ('likes tea')`)
  const { files } = await backupTo(data, backup)
  memory.close()
  expect(files.map((file) => file.path)).toEqual(['parley.db', 'workspace-a/memory.db'])
  const copy = new Database(join(backup, 'workspace-a', 'memory.db'), { readonly: true })
  expect(copy.prepare('SELECT text FROM memories').pluck().all()).toEqual(['likes tea'])
  copy.close()
})

test('a backup follows links, so what is kept on another disk is in it', async () => {
  await using folder = await TemporaryFolder.create()
  const [data, backup] = [folder.file('data'), folder.file('backup')]
  await createData(data, 'one')
  await writeFiles(folder.file('other'), { 'a.png': 'pixels' })
  await symlink(folder.file('other'), join(data, 'uploads'))
  await backupTo(data, backup)
  expect(await readFile(join(backup, 'uploads', 'a.png'), 'utf8')).toBe('pixels')
})

test('a backup needs a new or empty folder that it does not copy itself', async () => {
  await using folder = await TemporaryFolder.create()
  const data = folder.file('data')
  expect(await codeOf(backupTo(data, folder.file('b')))).toBe('database_missing')
  await createData(data, 'one')
  await writeFiles(folder.file('full'), { 'a.txt': 'mine' })
  expect(await codeOf(backupTo(data, folder.file('full')))).toBe('backup_target_invalid')
  expect(await codeOf(backupTo(data, data))).toBe('backup_target_invalid')
  expect(await codeOf(backupTo(data, join(data, 'uploads', 'b')))).toBe('backup_target_invalid')
  expect(await codeOf(backupTo(data, join(data, 'backups', 'b')))).toBe('stored')
  expect(await readdir(folder.file('full'))).toEqual(['a.txt'])
})

test('a restore verifies the backup first and touches nothing when it is not whole', async () => {
  await using folder = await TemporaryFolder.create()
  const [data, backup] = [folder.file('data'), folder.file('backup')]
  await createData(data, 'mine')
  const damage: Readonly<Record<string, (copy: string) => Promise<unknown>>> = {
    'no manifest': (copy) => rm(join(copy, 'manifest.json')),
    'a missing file': (copy) => rm(join(copy, 'secret.key')),
    'a longer file': (copy) => writeFile(join(copy, 'secret.key'), 'key and more'),
    'other bytes': (copy) => writeFile(join(copy, 'secret.key'), 'KEY'),
    'no JSON': (copy) => writeFile(join(copy, 'manifest.json'), '{'),
    'another format': (copy) => writeFile(join(copy, 'manifest.json'), '{"format":99}'),
    'a path that leads out': async (copy) => {
      const text = await readFile(join(copy, 'manifest.json'), 'utf8')
      await writeFile(join(copy, 'manifest.json'), text.replace('"secret.key"', '"../secret.key"'))
    },
  }
  await writeFiles(data, { 'secret.key': 'key' })
  for (const [name, break_] of Object.entries(damage)) {
    await rm(backup, { recursive: true, force: true })
    await backupTo(data, backup)
    await break_(backup)
    expect([name, await codeOf(restoreFrom(backup, data, { force: true }))]).toEqual([name, 'backup_incomplete'])
    expect([name, await codeOf(restoreFrom(backup, folder.file('fresh')))]).toEqual([name, 'backup_incomplete'])
  }
  expect(await textsIn(data)).toEqual(['mine'])
  expect(await readdir(folder.path)).not.toContain('fresh')
})

test('a backup of a newer program is refused', async () => {
  await using folder = await TemporaryFolder.create()
  const [data, backup] = [folder.file('data'), folder.file('backup')]
  await createData(data, 'one')
  const manifest = await backupTo(data, backup)
  await writeFile(join(backup, 'manifest.json'), JSON.stringify({ ...manifest, schema: 999 }))
  expect(await codeOf(restoreFrom(backup, folder.file('fresh')))).toBe('schema_newer')
})

test('a folder that is not empty is replaced only by force, and its content is kept aside', async () => {
  await using folder = await TemporaryFolder.create()
  const [data, backup] = [folder.file('data'), folder.file('backup')]
  await createData(data, 'old')
  await backupTo(data, backup)
  await rm(data, { recursive: true })
  await createData(data, 'new')
  await writeFiles(data, { 'uploads/new.png': 'new', 'backups/earlier.db': 'kept' })
  expect(await codeOf(restoreFrom(backup, data))).toBe('data_folder_not_empty')
  expect(await textsIn(data)).toEqual(['new'])
  const { aside = '' } = await restoreFrom(backup, data, { force: true, now: noon })
  expect(aside).toBe(join(data, 'backups', 'before-restore-2026-03-01T12-00-00-000Z'))
  expect(await textsIn(data)).toEqual(['old'])
  expect(await readdir(data)).not.toContain('uploads')
  expect(await readFile(join(data, 'backups', 'earlier.db'), 'utf8')).toBe('kept')
  expect(await textsIn(aside)).toEqual(['new'])
  expect(await readFile(join(aside, 'uploads', 'new.png'), 'utf8')).toBe('new')
})

test('a folder in use is not restored into', async () => {
  await using folder = await TemporaryFolder.create()
  const [data, backup] = [folder.file('data'), folder.file('backup')]
  await using store = await openSqliteStore({ path: join(data, 'parley.db') })
  await backupTo(data, backup)
  expect(await codeOf(restoreFrom(backup, data, { force: true }))).toBe('data_folder_taken')
  expect(await codeOf(store.writer.commit([samples.append('k')]))).toBe('stored')
})

test('a restore that was interrupted is not mistaken for a new installation', async () => {
  await using folder = await TemporaryFolder.create()
  const [data, backup] = [folder.file('data'), folder.file('backup')]
  await createData(data, 'one')
  await backupTo(data, backup)
  await rm(join(data, 'parley.db'))
  await writeFiles(data, { 'restore.pending': '/somewhere/aside\n', '.restore-x/parley.db': 'half' })
  await expect(openSqliteStore({ path: join(data, 'parley.db') })).rejects.toMatchObject({
    code: 'restore_interrupted',
    details: { aside: '/somewhere/aside' },
  })
  await restoreFrom(backup, data, { force: true })
  expect(await textsIn(data)).toEqual(['one'])
})

test('inspect tells the schema, the counts and what is wrong', async () => {
  await using folder = await TemporaryFolder.create()
  const path = folder.file('data', 'parley.db')
  expect(() => inspect(path)).toThrow(expect.objectContaining({ code: 'database_missing' }))
  await createData(folder.file('data'), 'one', 'two', 'three')
  expect(inspect(path)).toMatchObject({ schema: 1, known: 1, problems: [], counts: { log_entries: 3, log_keys: 1 } })
  const db = new Database(path)
  db.pragma('foreign_keys = OFF')
  db.exec(`DELETE FROM log_entries WHERE seq = 2`)
  db.exec(`INSERT INTO channel_members VALUES ('gone', 'u', 'user', 'member', 1)`)
  db.close()
  expect(inspect(path).problems).toEqual([
    'a row of channel_members names a row of channels that is not there',
    'the log k keeps 2 of 3 entries up to 3',
  ])
  await writeFile(path, 'not a database'.repeat(500))
  expect(() => inspect(path)).toThrow(expect.objectContaining({ code: 'database_damaged' }))
})
