import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { codeOf } from '@parley/core/contract'
import { expect, test } from 'vitest'
import { TemporaryFolder } from '../testing/temporary-folder.ts'
import { FsSoulStore } from './index.ts'

test('a persona is kept at workspace-{agentId}/SOUL.md', async () => {
  await using folder = await TemporaryFolder.create()
  const souls = new FsSoulStore(folder.file('data'))
  expect(await souls.read('agent_1')).toBe('')
  await souls.write('agent_1', '# 作家\nwrites\n')
  expect(await readFile(folder.file('data', 'workspace-agent_1', 'SOUL.md'), 'utf8')).toBe('# 作家\nwrites\n')
  await writeFile(folder.file('data', 'workspace-agent_1', 'SOUL.md'), 'edited by hand')
  expect(await souls.read('agent_1')).toBe('edited by hand')
})

test('a reader sees the old persona or the new one, never a part, and no drafts stay behind', async () => {
  await using folder = await TemporaryFolder.create()
  const souls = new FsSoulStore(folder.path)
  const [old, young] = ['a'.repeat(200_000), 'b'.repeat(200_000)]
  await souls.write('a', old)
  const seen = new Set<string>()
  let busy = true
  const reading = (async () => {
    while (busy) seen.add(await souls.read('a'))
  })()
  await Promise.all(Array.from({ length: 20 }, (_, index) => souls.write('a', index % 2 ? old : young)))
  busy = false
  await reading
  for (const text of seen) expect(text === old || text === young).toBe(true)
  expect(await readdir(folder.file('workspace-a'))).toEqual(['SOUL.md'])
})

test('removing a persona leaves other files of the agent, and an empty folder goes', async () => {
  await using folder = await TemporaryFolder.create()
  const souls = new FsSoulStore(folder.path)
  await souls.write('a', 'x')
  await souls.write('b', 'x')
  await mkdir(folder.file('workspace-b', 'rag'))
  await souls.remove('a')
  await souls.remove('b')
  await souls.remove('never')
  expect(await readdir(folder.path)).toEqual(['workspace-b'])
  expect([await souls.read('a'), await souls.read('b')]).toEqual(['', ''])
})

test.each(['', '..', '../x', 'a/b', 'a\\b', '.a', 'a.b', 'a b', 'a\0', 'x'.repeat(101)])(
  'an agent id that is no plain name is refused: %j',
  async (id) => {
    await using folder = await TemporaryFolder.create()
    const souls = new FsSoulStore(folder.path)
    expect(await codeOf(souls.read(id))).toBe('agent_id_invalid')
    expect(await codeOf(souls.write(id, 'x'))).toBe('agent_id_invalid')
    expect(await codeOf(souls.remove(id))).toBe('agent_id_invalid')
    expect(await readdir(folder.path)).toEqual([])
  },
)
