import { expect, test } from 'vitest'
import type { StoreFixture } from './fixture.ts'
import { append } from './samples.ts'

export function testCursor(fixture: () => StoreFixture): void {
  const advance = (seq: number, reader = 'r', key = 'k') => ({ op: 'cursor.advance', key, reader, seq }) as const

  test('LOG-7 a cursor moves forward and never back', async () => {
    const { writer, log } = fixture().store
    await writer.commit([append('k'), append('k'), append('k')])
    expect(await log.cursor('k', 'r')).toBe(0)
    expect(await writer.commit([advance(2)])).toEqual([{ seq: 2 }])
    expect(await writer.commit([advance(1)])).toEqual([{ seq: 2 }])
    expect(await log.cursor('k', 'r')).toBe(2)
    expect(await writer.commit([advance(3)])).toEqual([{ seq: 3 }])
  })

  test('LOG-7 concurrent advances end at the furthest', async () => {
    const { writer, log } = fixture().store
    await writer.commit(Array.from({ length: 30 }, () => append('k')))
    const order = Array.from({ length: 30 }, (_, index) => ((index * 7) % 30) + 1)
    await Promise.all(order.map((seq) => writer.commit([advance(seq)])))
    expect(await log.cursor('k', 'r')).toBe(30)
  })

  test('LOG-7 an acknowledgement past the head is refused, with both positions', async () => {
    const { writer, log } = fixture().store
    await writer.commit([append('k')])
    const refused = writer.commit([advance(2)])
    await expect(refused).rejects.toMatchObject({ code: 'cursor_past_head', details: { seq: 2, head: 1 } })
    await expect(writer.commit([advance(1, 'r', 'never')])).rejects.toMatchObject({ code: 'cursor_past_head' })
    expect(await log.cursor('k', 'r')).toBe(0)
  })

  test('LOG-7 an entry may be acknowledged by the unit that appends it', async () => {
    const { writer, log } = fixture().store
    await writer.commit([append('k'), advance(1)])
    expect(await log.cursor('k', 'r')).toBe(1)
  })

  test('LOG-7 readers and keys have cursors of their own', async () => {
    const { writer, log } = fixture().store
    await writer.commit([append('k'), append('k'), append('l')])
    await writer.commit([advance(2, 'ann'), advance(1, 'bob'), advance(1, 'ann', 'l')])
    const cursors = [log.cursor('k', 'ann'), log.cursor('k', 'bob'), log.cursor('l', 'ann'), log.cursor('l', 'bob')]
    expect(await Promise.all(cursors)).toEqual([2, 1, 1, 0])
  })

  test('LOG-7 a position is a whole number from 0', async () => {
    const { writer } = fixture().store
    await writer.commit([append('k'), append('k')])
    await expect(writer.commit([advance(-1)])).rejects.toMatchObject({ code: 'write_invalid' })
    await expect(writer.commit([advance(1.5)])).rejects.toMatchObject({ code: 'write_invalid' })
    await expect(writer.commit([advance(Number.NaN)])).rejects.toMatchObject({ code: 'write_invalid' })
  })
}
