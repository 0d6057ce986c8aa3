import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { codeOf, describeBlobStoreContract } from '@parley/core/contract'
import { expect, test } from 'vitest'
import { TemporaryFolder } from '../testing/temporary-folder.ts'
import { FsBlobStore } from './index.ts'

describeBlobStoreContract('fs', async () => {
  const folder = await TemporaryFolder.create()
  return {
    blobs: new FsBlobStore(folder.file('uploads')),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
})

const bytes = new TextEncoder().encode('content')

test('BLOB-4 a link inside the folder leads nowhere else', async () => {
  await using folder = await TemporaryFolder.create()
  await mkdir(folder.file('uploads'))
  await mkdir(folder.file('outside'))
  await writeFile(folder.file('outside', 'secret.txt'), 'secret')
  await symlink(folder.file('outside'), folder.file('uploads', 'folder'))
  await symlink(folder.file('outside', 'secret.txt'), folder.file('uploads', 'file.txt'))
  const blobs = new FsBlobStore(folder.file('uploads'))
  expect(await codeOf(blobs.read('folder/secret.txt'))).toBe('blob_path_invalid')
  expect(await codeOf(blobs.read('file.txt'))).toBe('blob_path_invalid')
  expect(await codeOf(blobs.remove('folder/secret.txt'))).toBe('blob_path_invalid')
  expect(await codeOf(blobs.put('folder/new.txt', bytes))).toBe('blob_path_invalid')
  expect(await readdir(folder.file('outside'))).toEqual(['secret.txt'])
  expect(await readFile(folder.file('outside', 'secret.txt'), 'utf8')).toBe('secret')
})

test('the folder itself may be a link to another disk', async () => {
  await using folder = await TemporaryFolder.create()
  await mkdir(folder.file('disk'))
  await symlink(folder.file('disk'), folder.file('uploads'))
  const blobs = new FsBlobStore(folder.file('uploads'))
  await blobs.put('2026/a.txt', bytes)
  expect(await blobs.read('2026/a.txt')).toHaveLength(bytes.length)
})

test('files are for their owner only', async () => {
  await using folder = await TemporaryFolder.create()
  await new FsBlobStore(folder.file('uploads')).put('2026/a.txt', bytes)
  expect((await stat(folder.file('uploads', '2026', 'a.txt'))).mode & 0o777).toBe(0o600)
  expect((await stat(folder.file('uploads', '2026'))).mode & 0o777).toBe(0o700)
})
