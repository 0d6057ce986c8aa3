import { expect, test } from 'vitest'
import { COUNTED_ENTRIES, type LogEntry } from '../ports/index.ts'
import type { StoreFixture } from './fixture.ts'
import { append, revise } from './samples.ts'

const seqs = (entries: readonly LogEntry[]): readonly number[] => entries.map((entry) => entry.seq)

export function testRead(fixture: () => StoreFixture): void {
  const fill = async (key: string, count: number): Promise<void> => {
    await fixture().store.writer.commit(Array.from({ length: count }, () => append(key)))
  }

  test('LOG-3 a reader that polls during concurrent writes sees every position once, in order', async () => {
    const { writer, log } = fixture().store
    const total = 400
    const writes = Promise.all(Array.from({ length: total }, () => writer.commit([append('k')])))
    const seen: number[] = []
    while (seen.length < total) {
      const page = await log.read('k', seen.length, 17)
      seen.push(...seqs(page))
      const { head } = await log.state('k')
      expect(head).toBeGreaterThanOrEqual(seen.length)
      if (page.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await writes
    expect(seen).toEqual(Array.from({ length: total }, (_, index) => index + 1))
  })

  test('LOG-3 nothing of a refused unit is ever visible', async () => {
    const { writer, log } = fixture().store
    const writes = Array.from({ length: 50 }, () =>
      writer.commit([append('k'), { op: 'cursor.advance', key: 'k', reader: 'r', seq: 1_000 }]),
    )
    const refused = Promise.allSettled(writes)
    for (let i = 0; i < 20; i++) {
      expect(await log.state('k')).toEqual({ head: 0, floor: 0 })
      expect(await log.read('k', 0, 10)).toEqual([])
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    expect((await refused).every((outcome) => outcome.status === 'rejected')).toBe(true)
  })

  test('LOG-3 read returns what follows a position, ascending, at most the limit', async () => {
    const { log } = fixture().store
    await fill('k', 10)
    expect(seqs(await log.read('k', 0, 3))).toEqual([1, 2, 3])
    expect(seqs(await log.read('k', 7, 100))).toEqual([8, 9, 10])
    expect(await log.read('k', 10, 5)).toEqual([])
    expect(await log.read('k', 99, 5)).toEqual([])
    expect(await log.read('k', 0, 0)).toEqual([])
    expect(await log.read('never', 0, 5)).toEqual([])
  })

  test('LOG-3 a page is taken from the side the query names and always ascends', async () => {
    const { log } = fixture().store
    await fill('k', 10)
    expect(seqs(await log.page({ key: 'k', limit: 3 }))).toEqual([8, 9, 10])
    expect(seqs(await log.page({ key: 'k', before: 8, limit: 3 }))).toEqual([5, 6, 7])
    expect(seqs(await log.page({ key: 'k', after: 2, limit: 3 }))).toEqual([3, 4, 5])
    expect(seqs(await log.page({ key: 'k', after: 0, limit: 2 }))).toEqual([1, 2])
    expect(seqs(await log.page({ key: 'k', after: 3, before: 9, limit: 3 }))).toEqual([6, 7, 8])
    expect(seqs(await log.page({ key: 'k', before: 1, limit: 3 }))).toEqual([])
    expect(seqs(await log.page({ key: 'k', limit: 0 }))).toEqual([])
  })

  test('LOG-3 a page of one kind skips the other and still fills up', async () => {
    const { writer, log } = fixture().store
    const first = append('k')
    await writer.commit([first, revise(first.id), revise(first.id), append('k'), append('k')])
    expect(seqs(await log.page({ key: 'k', kind: 'message', limit: 3 }))).toEqual([1, 4, 5])
    expect(seqs(await log.page({ key: 'k', kind: 'change', limit: 3 }))).toEqual([2, 3])
    expect(seqs(await log.page({ key: 'k', kind: 'message', before: 5, limit: 1 }))).toEqual([4])
    expect(seqs(await log.page({ key: 'k', kind: 'message', after: 1, limit: 1 }))).toEqual([4])
  })

  test('LOG-3 count looks at the newest entries only, so a marker left far behind stays cheap', async () => {
    const { log } = fixture().store
    await fill('long', 10)
    await fixture().store.writer.commit(
      Array.from({ length: COUNTED_ENTRIES - 1 }, () => append('long', { producer: 'bob' })),
    )
    expect(await log.count('long', 0, 'bob', 100)).toBe(1)
    expect(await log.count('long', 0, 'nobody', COUNTED_ENTRIES + 50)).toBe(COUNTED_ENTRIES)
  })

  test('LOG-3 count tells messages of others after a position, up to the cap', async () => {
    const { writer, log } = fixture().store
    const own = append('k', { producer: 'ann' })
    const others = Array.from({ length: 6 }, () => append('k', { producer: 'bob' }))
    await writer.commit([own, ...others, revise(own.id)])
    expect(await log.count('k', 0, 'ann', 100)).toBe(6)
    expect(await log.count('k', 0, 'nobody', 100)).toBe(7)
    expect(await log.count('k', 4, 'ann', 100)).toBe(3)
    expect(await log.count('k', 0, 'ann', 4)).toBe(4)
    expect(await log.count('never', 0, 'ann', 4)).toBe(0)
  })

  test('LOG-3 find takes an id, and a key where one is named', async () => {
    const { writer, log } = fixture().store
    const op = append('', {
      targets: [
        { key: 'b', extra: 'for b' },
        { key: 'a', extra: 'for a' },
      ],
    })
    await writer.commit([op])
    expect(await log.find(op.id)).toMatchObject({ key: 'b', extra: 'for b' })
    expect(await log.find(op.id, 'a')).toMatchObject({ key: 'a', extra: 'for a' })
    expect(await log.find(op.id, 'c')).toBeUndefined()
    expect(await log.find('unknown')).toBeUndefined()
  })
}
