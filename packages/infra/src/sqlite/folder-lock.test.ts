import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { TemporaryFolder } from '../testing/temporary-folder.ts'
import { FolderLock } from './folder-lock.ts'
import { openSqliteStore } from './store.ts'

test('a data folder belongs to one store at a time, and is free when that ends', async () => {
  await using folder = await TemporaryFolder.create()
  const path = folder.file('data', 'parley.db')
  const store = await openSqliteStore({ path })
  await expect(openSqliteStore({ path })).rejects.toMatchObject({
    code: 'data_folder_taken',
    message: expect.stringContaining(folder.file('data')),
  })
  await store[Symbol.asyncDispose]()
  await using again = await openSqliteStore({ path })
  expect(await again.log.state('k')).toEqual({ head: 0, floor: 0 })
})

test('another process is refused too', async () => {
  await using folder = await TemporaryFolder.create()
  const path = folder.file('parley.lock')
  const program = `
    import { FolderLock } from ${JSON.stringify(new URL('./folder-lock.ts', import.meta.url).href)}
    try { new FolderLock(process.argv[1]); console.log('claimed') } catch (error) { console.log(error.code) }`
  const claimElsewhere = (): string =>
    execFileSync(process.execPath, ['--input-type=module', '-e', program, path], { encoding: 'utf8' }).trim()
  const lock = new FolderLock(path)
  expect(claimElsewhere()).toBe('data_folder_taken')
  lock[Symbol.dispose]()
  expect(claimElsewhere()).toBe('claimed')
})
