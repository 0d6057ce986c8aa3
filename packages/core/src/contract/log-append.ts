import { expect, test } from 'vitest'
import type { StoreFixture } from './fixture.ts'
import { codeOf } from './rejection.ts'
import { append, freshId } from './samples.ts'

export function testAppend(fixture: () => StoreFixture): void {
  test('LOG-1 positions of a key run 1, 2, 3 … over concurrent and refused appends', async () => {
    const { writer, log } = fixture().store
    const wanted = Array.from({ length: 60 }, (_, index) => {
      const good = append(index % 3 === 0 ? 'a' : 'b')
      if (index % 5 !== 4) return writer.commit([good])
      return writer.commit([good, { op: 'cursor.advance', key: 'a', reader: 'r', seq: 1_000_000 }])
    })
    const settled = await Promise.allSettled(wanted)
    const stored = settled.filter((outcome) => outcome.status === 'fulfilled').map((outcome) => outcome.value[0])
    expect(stored).toHaveLength(48)
    const a = await log.read('a', 0, 100)
    const b = await log.read('b', 0, 100)
    expect(a.length + b.length).toBe(48)
    expect(a.map((entry) => entry.seq)).toEqual(a.map((_, index) => index + 1))
    expect(b.map((entry) => entry.seq)).toEqual(b.map((_, index) => index + 1))
    expect(await log.state('a')).toEqual({ head: a.length, floor: 0 })
  })

  test('LOG-1 an entry keeps every field it was appended with', async () => {
    const { writer, log } = fixture().store
    const body = '{"text":"naïve – 你好 👩‍👩‍👧 \\u0000 \\n"}'
    const op = append('k', { clientId: 'c-1', at: 1_700_000_000_123, body, producer: '代码助手' })
    const [result] = await writer.commit([{ ...op, targets: [{ key: 'k', extra: 'wrap' }] }])
    expect(result).toEqual({ id: op.id, duplicate: false, seqs: [1] })
    expect(await log.find(op.id)).toEqual({
      key: 'k',
      seq: 1,
      id: op.id,
      kind: 'message',
      producer: '代码助手',
      clientId: 'c-1',
      at: 1_700_000_000_123,
      body,
      extra: 'wrap',
      revision: 0,
    })
  })

  test('LOG-1 an entry id is given once; another append under it is refused', async () => {
    const { writer, log } = fixture().store
    const op = append('k')
    await writer.commit([op])
    expect(await codeOf(writer.commit([append('other', { id: op.id })]))).toBe('write_conflict')
    expect(await log.state('other')).toEqual({ head: 0, floor: 0 })
  })

  test('LOG-2 a repeat of a client id stores nothing and returns the first result', async () => {
    const { writer, log } = fixture().store
    const first = append('k', { clientId: 'c-1' })
    await writer.commit([first])
    await writer.commit([append('k')])
    const [repeat] = await writer.commit([append('k', { clientId: 'c-1', body: '"other"' })])
    expect(repeat).toEqual({ id: first.id, duplicate: true, seqs: [1] })
    expect((await log.state('k')).head).toBe(2)
    expect((await log.find(first.id))?.body).toBe(first.body)
  })

  test('LOG-2 concurrent repeats store one entry, and all of them learn its position', async () => {
    const { writer, log } = fixture().store
    const results = await Promise.all(
      Array.from({ length: 40 }, () => writer.commit([append('k', { clientId: 'same' })])),
    )
    const appended = results.map(([result]) => result)
    expect(appended.filter((result) => !result.duplicate)).toHaveLength(1)
    expect(new Set(appended.map((result) => result.id)).size).toBe(1)
    expect(appended.every((result) => result.seqs[0] === 1)).toBe(true)
    expect((await log.state('k')).head).toBe(1)
  })

  test('LOG-2 repeats inside one unit are recognised too', async () => {
    const { writer } = fixture().store
    const [first, second] = await writer.commit([append('k', { clientId: 'c' }), append('k', { clientId: 'c' })])
    expect(second).toEqual({ ...first, duplicate: true })
  })

  test('LOG-2 the same client id of another producer, or in another key, is another entry', async () => {
    const { writer, log } = fixture().store
    const results = await writer.commit([
      append('k', { clientId: 'c', producer: 'ann' }),
      append('k', { clientId: 'c', producer: 'bob' }),
      append('l', { clientId: 'c', producer: 'ann' }),
    ])
    expect(results.map((result) => result.duplicate)).toEqual([false, false, false])
    expect((await log.state('k')).head).toBe(2)
  })

  test('LOG-2 a repeat to several targets returns the position in each', async () => {
    const { writer } = fixture().store
    await writer.commit([append('b')])
    const targets = [{ key: 'a' }, { key: 'b' }]
    const [first] = await writer.commit([append('', { targets, clientId: 'c' })])
    const [repeat] = await writer.commit([append('', { targets, clientId: 'c' })])
    expect(first.seqs).toEqual([1, 2])
    expect(repeat).toEqual({ ...first, duplicate: true })
  })

  test('LOG-2 a repeat succeeds even when the log is full', async () => {
    const { writer } = fixture().store
    await writer.commit([append('k', { clientId: 'c', capacity: 1 })])
    const [repeat] = await writer.commit([append('k', { clientId: 'c', capacity: 1 })])
    expect(repeat.duplicate).toBe(true)
  })

  test('LOG-2 entries without a client id are never repeats', async () => {
    const { writer } = fixture().store
    const [a, b] = await writer.commit([append('k'), append('k')])
    expect([a.seqs, b.seqs]).toEqual([[1], [2]])
  })

  test('LOG-1 a full log refuses and says which; retention makes room', async () => {
    const { writer, log } = fixture().store
    await writer.commit([append('full', { capacity: 2 }), append('full', { capacity: 2 })])
    const targets = [{ key: 'free' }, { key: 'full' }]
    const refused = writer.commit([append('', { targets, capacity: 2 })])
    await expect(refused).rejects.toMatchObject({ code: 'log_full', details: { key: 'full' } })
    expect(await log.state('free')).toEqual({ head: 0, floor: 0 })
    await writer.commit([{ op: 'log.truncate', key: 'full', upTo: 1 }])
    const [result] = await writer.commit([append('full', { capacity: 2 })])
    expect(result.seqs).toEqual([3])
  })

  test('LOG-1 an append names at least one target and no key twice', async () => {
    const { writer, log } = fixture().store
    const id = freshId('msg')
    expect(await codeOf(writer.commit([append('', { id, targets: [] })]))).toBe('write_invalid')
    const twice = [{ key: 'k' }, { key: 'k' }]
    expect(await codeOf(writer.commit([append('', { id, targets: twice })]))).toBe('write_invalid')
    expect(await log.find(id)).toBeUndefined()
    expect(await log.state('k')).toEqual({ head: 0, floor: 0 })
  })
}
