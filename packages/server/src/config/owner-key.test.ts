import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { resolveOwnerKey } from './owner-key.ts'

let data: string
beforeEach(async () => {
  data = join(await mkdtemp(join(tmpdir(), 'parley-key-')), 'data')
})
afterEach(() => rm(join(data, '..'), { recursive: true }))

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex')

test('the first start makes a key, later starts only know its hash', async () => {
  const first = await resolveOwnerKey(undefined, data)
  const key = first.generated as string
  expect(key).toMatch(/^(?:[0-9a-hjkmnp-tv-z]{4}-){7}[0-9a-hjkmnp-tv-z]{4}$/)
  expect(first.hash).toBe(hashOf(key))
  expect(await resolveOwnerKey(undefined, data)).toEqual({ hash: first.hash, generated: undefined })
  const path = join(data, 'owner.key.json')
  expect(await readFile(path, 'utf8')).not.toContain(key)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})

test('a configured key wins and is not stored', async () => {
  expect(await resolveOwnerKey('admin', data)).toEqual({ hash: hashOf('admin'), generated: undefined })
  await expect(stat(join(data, 'owner.key.json'))).rejects.toThrow('ENOENT')
  const made = await resolveOwnerKey(undefined, data)
  expect((await resolveOwnerKey('admin', data)).hash).toBe(hashOf('admin'))
  expect((await resolveOwnerKey(undefined, data)).hash).toBe(made.hash)
})

test('a damaged file is refused with a way out, never replaced', async () => {
  await resolveOwnerKey(undefined, data)
  await writeFile(join(data, 'owner.key.json'), '{"sha256": "no"}')
  await expect(resolveOwnerKey(undefined, data)).rejects.toThrow(/Delete it to get a new key, or set OWNER_KEY/)
  expect(await readFile(join(data, 'owner.key.json'), 'utf8')).toBe('{"sha256": "no"}')
})
