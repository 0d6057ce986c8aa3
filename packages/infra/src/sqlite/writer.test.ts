import { silentLogger } from '@parley/base'
import { codeOf, samples } from '@parley/core/contract'
import type { WriteOp } from '@parley/core/ports'
import { expect, test } from 'vitest'
import { TemporaryFolder } from '../testing/temporary-folder.ts'
import { GroupCommitWriter } from './writer.ts'
import { WriterWorker } from './writer-worker.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('units of one turn travel as one message, those of the next turn as another', async () => {
  const sent: string[] = []
  const writer = new GroupCommitWriter((message) => sent.push(message))
  const stored = [writer.commit([samples.append('a')]), writer.commit([samples.append('b'), samples.append('c')])]
  await turn()
  stored.push(writer.commit([samples.append('d')]))
  await turn()
  expect(sent.map((message) => (JSON.parse(message) as WriteOp[][]).map((unit) => unit.length))).toEqual([[1, 2], [1]])
  writer.settle([
    [1, ['first']],
    [0, { code: 'log_full', details: { key: 'b' } }],
  ])
  writer.settle([[1, ['third']]])
  expect(await Promise.allSettled(stored)).toMatchObject([
    { value: ['first'] },
    { reason: { code: 'log_full', message: 'The log b is full.' } },
    { value: ['third'] },
  ])
})

test('LOG-10 what waits is bounded: beyond the limit a commit is refused at once, to be tried later', async () => {
  const writer = new GroupCommitWriter(() => {}, { maxUnits: 3, maxChars: 1_000_000 })
  const waiting = Array.from({ length: 3 }, () => writer.commit([samples.append('k')]))
  const refused = writer.commit([samples.append('k')])
  await expect(refused).rejects.toMatchObject({ code: 'store_unavailable', retry: 'later', retryAfter: 1 })
  await turn()
  writer.settle([[1, []]])
  const next = writer.commit([samples.append('k')])
  expect(await codeOf(writer.commit([samples.append('k')]))).toBe('store_unavailable')
  await turn()
  writer.settle([
    [1, []],
    [1, []],
    [1, []],
  ])
  expect(await Promise.all([...waiting, next])).toEqual([[], [], [], []])
})

test('LOG-10 what waits is bounded in size too; one large unit alone still passes', async () => {
  const writer = new GroupCommitWriter(() => {}, { maxUnits: 100, maxChars: 1_000 })
  const large = samples.append('k', { body: 'x'.repeat(5_000) })
  const first = writer.commit([large])
  expect(await codeOf(writer.commit([samples.append('k')]))).toBe('store_unavailable')
  await turn()
  writer.settle([[1, ['large']]])
  expect(await first).toEqual(['large'])
  const small = writer.commit([samples.append('k')])
  expect(await codeOf(writer.commit([large]))).toBe('store_unavailable')
  await turn()
  writer.settle([[1, ['small']]])
  expect(await small).toEqual(['small'])
})

test('LOG-10 when the thread dies, everything that waits and everything to come is refused', async () => {
  await using folder = await TemporaryFolder.create()
  const entry = new URL('./testing/dying-thread.mjs', import.meta.url)
  const failures: Error[] = []
  const onFailure = (error: Error): void => void failures.push(error)
  const [worker] = await WriterWorker.start(folder.file('parley.db'), { logger: silentLogger, entry, onFailure })
  expect(await worker.writer.commit([samples.append('k')])).toEqual(['answered'])
  const codes = Array.from({ length: 5 }, () => codeOf(worker.writer.commit([samples.append('k')])))
  expect(await Promise.all(codes)).toEqual(Array(5).fill('store_unavailable'))
  expect(await codeOf(worker.writer.commit([samples.append('k')]))).toBe('store_unavailable')
  await worker[Symbol.asyncDispose]()
  expect(failures.map((error) => error.message)).toEqual(['the thread dies here'])
})
