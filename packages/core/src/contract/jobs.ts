import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ClaimJobsOp, FinishJobOp, JobRecord } from '../ports/index.ts'
import type { StoreFixture } from './fixture.ts'
import { codeOf } from './rejection.ts'
import { enqueue } from './samples.ts'

const claimOp = (rest: Partial<ClaimJobsOp> = {}): ClaimJobsOp => ({
  op: 'job.claim',
  kind: 'answer',
  owner: 'w1',
  now: 100,
  leaseUntil: 200,
  limit: 10,
  ...rest,
})
const finishOp = (id: string, owner = 'w1'): FinishJobOp => ({ op: 'job.finish', id, owner, status: 'done' })
const idsOf = (jobs: readonly JobRecord[]): readonly string[] => jobs.map((job) => job.id)

export function testJobs(fixture: () => StoreFixture): void {
  const claim = async (rest: Partial<ClaimJobsOp> = {}): Promise<readonly JobRecord[]> => {
    const [claimed] = await fixture().store.writer.commit([claimOp(rest)])
    return claimed
  }
  /** Enqueues one job per lane named and returns their ids. */
  const enqueueAll = async (...lanes: readonly string[]): Promise<readonly string[]> => {
    const ops = lanes.map((lane) => enqueue(lane))
    await fixture().store.writer.commit(ops)
    return ops.map((op) => op.job.id)
  }

  test('JOB-1 the jobs of a lane run one at a time, in the order of their enqueueing', async () => {
    const { writer } = fixture().store
    const ids = await enqueueAll('a', 'a', 'a')
    for (const id of ids) {
      expect(idsOf(await claim())).toEqual([id])
      expect(await claim()).toEqual([])
      await writer.commit([finishOp(id)])
    }
    expect(await claim()).toEqual([])
  })

  test('JOB-1 a claimed job carries its lease', async () => {
    const { jobs } = fixture().store
    const op = enqueue('a', { payload: '{"n":1}', createdAt: 77 })
    await fixture().store.writer.commit([op])
    const [job] = await claim()
    expect(job).toEqual({
      ...op.job,
      status: 'running',
      position: expect.any(Number),
      attempts: 1,
      owner: 'w1',
      leaseUntil: 200,
      stopRequested: false,
    })
    expect(await jobs.get(op.job.id)).toEqual(job)
  })

  test('JOB-1 a full lane refuses the whole unit, others take it, and an ended job makes room', async () => {
    const { writer } = fixture().store
    const [first] = await enqueueAll('a', 'a')
    await claim()
    const third = { ...enqueue('a'), capacity: 2 }
    expect(await codeOf(writer.commit([enqueue('b'), third]))).toBe('lane_full')
    expect(await fixture().store.jobs.pending('b')).toEqual([])
    await writer.commit([{ ...enqueue('b'), capacity: 1 }, finishOp(first as string), third])
    expect(await fixture().store.jobs.pending('a')).toHaveLength(2)
  })

  test('JOB-2 lanes run beside each other, oldest first, as far as the limit goes', async () => {
    const [a1, , b1, c1] = await enqueueAll('a', 'a', 'b', 'c')
    expect(idsOf(await claim({ limit: 2 }))).toEqual([a1, b1])
    expect(idsOf(await claim({ limit: 2, owner: 'w2' }))).toEqual([c1])
    expect(await claim({ limit: 0 })).toEqual([])
  })

  test('JOB-2 no job is handed out twice, however many workers ask at once', async () => {
    const ids = await enqueueAll(...Array.from({ length: 30 }, (_, index) => `lane${index}`))
    const claims = await Promise.all(Array.from({ length: 12 }, (_, index) => claim({ owner: `w${index}`, limit: 4 })))
    const claimed = claims.flatMap(idsOf)
    expect(claimed.toSorted()).toEqual(ids.toSorted())
  })

  test('JOB-3 a job whose lease has ended is handed out again, and its attempts tell', async () => {
    const [id] = await enqueueAll('a', 'a')
    await claim({ now: 100, leaseUntil: 200 })
    expect(await claim({ now: 199, owner: 'w2' })).toEqual([])
    const [again] = await claim({ now: 200, leaseUntil: 300, owner: 'w2' })
    expect(again).toMatchObject({ id, owner: 'w2', attempts: 2, leaseUntil: 300 })
  })

  test('JOB-4 a worker that lost its lease can finish nothing, and its whole unit is refused', async () => {
    const { writer, settings, jobs } = fixture().store
    const [id = ''] = await enqueueAll('a')
    await claim()
    await claim({ now: 500, leaseUntil: 600, owner: 'w2' })
    const late = writer.commit([{ op: 'setting.put', name: 's', value: 1 }, finishOp(id, 'w1')])
    await expect(late).rejects.toMatchObject({ code: 'lease_lost', details: { id } })
    expect(await settings.get('s')).toBeUndefined()
    expect(await jobs.get(id)).toMatchObject({ status: 'running', owner: 'w2' })
    await writer.commit([finishOp(id, 'w2')])
    expect(await jobs.get(id)).toMatchObject({ status: 'done', owner: null, leaseUntil: null })
    expect(await codeOf(writer.commit([finishOp(id, 'w2')]))).toBe('lease_lost')
    expect(await codeOf(writer.commit([finishOp('unknown')]))).toBe('lease_lost')
  })

  test('JOB-5 a renewal extends a lease that is still held, and says when it is not', async () => {
    const { writer } = fixture().store
    const [id = ''] = await enqueueAll('a')
    await claim({ leaseUntil: 200 })
    const renew = (owner: string) => writer.commit([{ op: 'job.renew', id, owner, leaseUntil: 400 }])
    expect(await renew('w1')).toEqual([{ held: true, stopRequested: false }])
    expect(await claim({ now: 399, owner: 'w2' })).toEqual([])
    expect(await renew('w2')).toEqual([{ held: false, stopRequested: false }])
    await writer.commit([finishOp(id)])
    expect(await renew('w1')).toEqual([{ held: false, stopRequested: false }])
  })

  test('JOB-6 cancel takes queued jobs of the lane, never a running one', async () => {
    const { writer, jobs } = fixture().store
    const [running, first, second, third] = await enqueueAll('a', 'a', 'a', 'a')
    const [other] = await enqueueAll('b')
    await claim({ limit: 1 })
    const cancel = (rest: { id?: string } = {}) => writer.commit([{ op: 'job.cancel', lane: 'a', ...rest }])
    expect(await cancel({ id: second ?? '' })).toEqual([{ cancelled: [second] }])
    expect(await cancel({ id: running ?? '' })).toEqual([{ cancelled: [] }])
    expect(await cancel({ id: other ?? '' })).toEqual([{ cancelled: [] }])
    const [{ cancelled }] = await cancel()
    expect(cancelled.toSorted()).toEqual([first, third].toSorted())
    expect(await cancel()).toEqual([{ cancelled: [] }])
    expect(idsOf(await jobs.pending('a'))).toEqual([running])
    expect(await jobs.get(first ?? '')).toMatchObject({ status: 'cancelled' })
    await writer.commit([finishOp(running ?? '')])
    expect(idsOf(await claim())).toEqual([other])
  })

  test('JOB-7 stop asks a running job, which learns it at its renewal or its next claim', async () => {
    const { writer } = fixture().store
    const [id = '', queued = ''] = await enqueueAll('a', 'a')
    const stop = (job: string) => writer.commit([{ op: 'job.stop', id: job }])
    await claim()
    expect(await stop(id)).toEqual([{ running: true }])
    expect(await stop(queued)).toEqual([{ running: false }])
    expect(await stop('unknown')).toEqual([{ running: false }])
    const renewed = await writer.commit([{ op: 'job.renew', id, owner: 'w1', leaseUntil: 300 }])
    expect(renewed).toEqual([{ held: true, stopRequested: true }])
    expect(await claim({ now: 300, owner: 'w2' })).toMatchObject([{ id, stopRequested: true }])
    await writer.commit([finishOp(id, 'w2')])
    expect(await claim()).toMatchObject([{ id: queued, stopRequested: false }])
  })

  test('JOB-8 release-all ends every lease at once; old holders are fenced off', async () => {
    const { writer } = fixture().store
    const [a = '', b] = await enqueueAll('a', 'b', 'a')
    await claim({ limit: 2 })
    expect(await writer.commit([{ op: 'job.release-all' }])).toEqual([{ released: 2 }])
    expect(await codeOf(writer.commit([finishOp(a)]))).toBe('lease_lost')
    const again = await claim({ now: 101, owner: 'w2' })
    expect(again.map(({ id, attempts }) => [id, attempts])).toEqual([
      [a, 2],
      [b, 2],
    ])
  })

  test('JOB-9 a claim takes one kind, and waits for jobs of other kinds in the lane', async () => {
    const { writer } = fixture().store
    const index = enqueue('a', { kind: 'index' })
    const answer = enqueue('a')
    await writer.commit([index, answer])
    expect(await claim()).toEqual([])
    expect(idsOf(await claim({ kind: 'index' }))).toEqual([index.job.id])
    expect(await claim()).toEqual([])
    await writer.commit([finishOp(index.job.id)])
    expect(idsOf(await claim())).toEqual([answer.job.id])
  })

  test('JOB-10 pending shows the running job first, then the queue', async () => {
    const { jobs } = fixture().store
    const [a, b, c] = await enqueueAll('x', 'x', 'x')
    await enqueueAll('y')
    await claim({ limit: 1 })
    expect((await jobs.pending('x')).map(({ id, status }) => [id, status])).toEqual([
      [a, 'running'],
      [b, 'queued'],
      [c, 'queued'],
    ])
    expect(await jobs.pending('none')).toEqual([])
    expect(await jobs.get('none')).toBeUndefined()
  })

  test('JOB-11 a job id is given once', async () => {
    const { writer } = fixture().store
    const [id = ''] = await enqueueAll('a')
    expect(await codeOf(writer.commit([enqueue('b', { id })]))).toBe('write_conflict')
  })

  test('JOB-12 whatever workers do, a lane never has two holders and no job is lost', async () => {
    const { store } = fixture()
    let run = 0
    const step = fc.record({
      what: fc.constantFrom('enqueue', 'claim', 'claim', 'finish', 'finish', 'expire', 'release' as const),
      lane: fc.nat(2),
      worker: fc.nat(2),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const kind = `kind${++run}`
        const holders = new Map<string, string>()
        const open = new Set<string>()
        let now = 0
        for (const { what, lane, worker } of steps) {
          const owner = `w${worker}`
          now += 1
          if (what === 'enqueue') {
            const op = enqueue(`${kind}:${lane}`, { kind })
            await store.writer.commit([op])
            open.add(op.job.id)
          } else if (what === 'claim') {
            const op = claimOp({ kind, owner, now, leaseUntil: now + 1_000, limit: 2 })
            const [claimed] = await store.writer.commit([op])
            for (const job of claimed) {
              expect(holders.get(job.lane) ?? job.id).toBe(job.id)
              holders.set(job.lane, job.id)
            }
          } else if (what === 'finish') {
            for (const [name, id] of holders) {
              if ((await codeOf(store.writer.commit([finishOp(id, owner)]))) !== 'stored') continue
              holders.delete(name)
              open.delete(id)
            }
          } else if (what === 'expire') now += 2_000
          else await store.writer.commit([{ op: 'job.release-all' }])
        }
        const pending = await Promise.all([0, 1, 2].map((lane) => store.jobs.pending(`${kind}:${lane}`)))
        expect(pending.flatMap(idsOf).toSorted()).toEqual([...open].toSorted())
        for (const lane of pending) expect(lane.filter((job) => job.status === 'running').length).toBeLessThan(2)
      }),
      { numRuns: 40 },
    )
  })
}

export function testStreams(fixture: () => StoreFixture): void {
  test('STREAM-1 pieces come back in the order in which they were added, until they are cleared', async () => {
    const { writer, streams } = fixture().store
    const add = (data: string, messageId = 'm') =>
      writer.commit([{ op: 'stream.append', messageId, pieces: [{ kind: 'text', data }] }])
    expect(await streams.pieces('m')).toEqual([])
    await Promise.all(['a', 'b', 'c'].map((data) => add(data)))
    await add('other', 'n')
    const tool = { kind: 'tool', data: '{"callId":"1"}' } as const
    await writer.commit([{ op: 'stream.append', messageId: 'm', pieces: [{ kind: 'reasoning', data: '' }, tool] }])
    expect((await streams.pieces('m')).map((piece) => piece.data)).toEqual(['a', 'b', 'c', '', tool.data])
    expect((await streams.pieces('m'))[4]).toEqual(tool)
    await writer.commit([{ op: 'stream.clear', messageId: 'm' }])
    expect(await streams.pieces('m')).toEqual([])
    expect(await streams.pieces('n')).toHaveLength(1)
  })
}
