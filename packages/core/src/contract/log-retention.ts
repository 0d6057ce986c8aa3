import { expect, test } from 'vitest'
import { trimLog } from '../log/index.ts'
import type { StoreFixture } from './fixture.ts'
import { append, revise } from './samples.ts'

export function testRetention(fixture: () => StoreFixture): void {
  const truncate = (upTo: number, key = 'k') => ({ op: 'log.truncate', key, upTo }) as const

  test('LOG-8 a reader below the floor is told the floor, never given silence', async () => {
    const { writer, log } = fixture().store
    await writer.commit(Array.from({ length: 5 }, () => append('k')))
    expect(await writer.commit([truncate(3)])).toEqual([{ floor: 3 }])
    for (const after of [0, 1, 2]) {
      await expect(log.read('k', after, 10)).rejects.toMatchObject({ code: 'log_below_floor', details: { floor: 3 } })
    }
    expect((await log.read('k', 3, 10)).map((entry) => entry.seq)).toEqual([4, 5])
    expect(await log.state('k')).toEqual({ head: 5, floor: 3 })
  })

  test('LOG-8 a log that was emptied still tells its floor', async () => {
    const { writer, log } = fixture().store
    await writer.commit([append('k'), append('k'), truncate(99)])
    expect(await log.state('k')).toEqual({ head: 2, floor: 2 })
    await expect(log.read('k', 1, 10)).rejects.toMatchObject({ code: 'log_below_floor', details: { floor: 2 } })
    expect(await log.read('k', 2, 10)).toEqual([])
  })

  test('LOG-8 the floor never goes down and never passes the head', async () => {
    const { writer, log } = fixture().store
    await writer.commit([append('k'), append('k'), append('k'), truncate(2)])
    expect(await writer.commit([truncate(1), truncate(-5), truncate(1_000), truncate(0)])).toEqual([
      { floor: 2 },
      { floor: 2 },
      { floor: 3 },
      { floor: 3 },
    ])
    expect(await writer.commit([truncate(7, 'never')])).toEqual([{ floor: 0 }])
    expect(await log.state('never')).toEqual({ head: 0, floor: 0 })
  })

  test('LOG-1 positions go on behind the floor', async () => {
    const { writer } = fixture().store
    await writer.commit([append('k'), append('k'), truncate(2)])
    const [result] = await writer.commit([append('k')])
    expect(result.seqs).toEqual([3])
  })

  test('LOG-8 what is below the floor is gone for pages, counts and look-ups at once', async () => {
    const { writer, log } = fixture().store
    const old = append('k', { producer: 'bob' })
    await writer.commit([old, append('k', { producer: 'bob' }), append('k', { producer: 'bob' }), truncate(1)])
    expect((await log.page({ key: 'k', limit: 10 })).map((entry) => entry.seq)).toEqual([2, 3])
    expect((await log.page({ key: 'k', after: 0, limit: 1 })).map((entry) => entry.seq)).toEqual([2])
    expect(await log.count('k', 0, 'ann', 10)).toBe(2)
    expect(await log.find(old.id)).toBeUndefined()
    expect(await log.find(old.id, 'k')).toBeUndefined()
  })

  test('LOG-8 retention of one target leaves the entry to the others', async () => {
    const { writer, log } = fixture().store
    const op = append('', { targets: [{ key: 'a' }, { key: 'b' }], clientId: 'c' })
    await writer.commit([op, truncate(1, 'a')])
    expect(await log.find(op.id)).toMatchObject({ key: 'b', body: op.body })
    expect(await writer.commit([revise(op.id, '"new"')])).toEqual([{ revision: 1, changes: [{ key: 'b', seq: 2 }] }])
    expect((await log.read('b', 0, 1))[0]?.body).toBe('"new"')
  })

  test('LOG-2 a client id is free again when retention has taken its entry', async () => {
    const { writer } = fixture().store
    await writer.commit([append('k', { clientId: 'c' }), truncate(1)])
    const [again, repeat] = await writer.commit([append('k', { clientId: 'c' }), append('k', { clientId: 'c' })])
    expect(again).toMatchObject({ duplicate: false, seqs: [2] })
    expect(repeat).toEqual({ ...again, duplicate: true })
  })

  test('LOG-8 a long log empties completely, however the engine goes about it', async () => {
    const { writer, log } = fixture().store
    const many = Array.from({ length: 1_500 }, () => append('', { targets: [{ key: 'k' }, { key: 'l' }] }))
    await writer.commit(many)
    await writer.commit([truncate(1_499)])
    expect((await log.page({ key: 'k', after: 0, limit: 10 })).map((entry) => entry.seq)).toEqual([1_500])
    expect((await log.read('l', 0, 2_000)).length).toBe(1_500)
    const [result] = await writer.commit([append('k')])
    expect(result.seqs).toEqual([1_501])
  })

  test('LOG-8 trimLog keeps the newest entries, or those from a time on, and rests when there is nothing to do', async () => {
    const { writer, log } = fixture().store
    await writer.commit(Array.from({ length: 10 }, (_, index) => append('k', { at: 100 + index })))
    const ports = { log, writer }
    expect(await trimLog(ports, 'k', { maxEntries: 8 })).toBe(2)
    expect(await trimLog(ports, 'k', { before: 105 })).toBe(5)
    expect(await trimLog(ports, 'k', { before: 105, maxEntries: 50 })).toBe(5)
    expect(await trimLog(ports, 'k', {})).toBe(5)
    expect(await trimLog(ports, 'k', { before: 1_000 })).toBe(10)
    expect(await trimLog(ports, 'never', { maxEntries: 1 })).toBe(0)
  })
}
