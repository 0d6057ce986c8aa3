import { expect, test } from 'vitest'
import type { StoreFactory, StoreFixture } from './fixture.ts'
import { append } from './samples.ts'

export function testBodies(fixture: () => StoreFixture): void {
  test('LOG-9 one append reaches every target with the same id and body and its own extra', async () => {
    const { writer, log } = fixture().store
    const targets = Array.from({ length: 12 }, (_, index) => ({ key: `inbox:${index}`, extra: `wrap ${index}` }))
    await writer.commit([append('inbox:3')])
    const op = append('', { targets, body: JSON.stringify('x'.repeat(20_000)) })
    const [result] = await writer.commit([op])
    expect(result.seqs).toEqual(targets.map((_, index) => (index === 3 ? 2 : 1)))
    for (const [index, target] of targets.entries()) {
      const [entry] = await log.read(target.key, (result.seqs[index] ?? 0) - 1, 1)
      expect(entry).toMatchObject({ id: op.id, body: op.body, extra: target.extra })
    }
  })
}

export function testDurability(create: StoreFactory): void {
  test('LOG-10 a store opened again holds all that was acknowledged, and goes on counting', async () => {
    await using opened = await create()
    const appends = Array.from({ length: 50 }, (_, index) => append(`k${index % 3}`, { clientId: `c${index}` }))
    await Promise.all(appends.map((op) => opened.store.writer.commit([op])))
    await opened.store.writer.commit([{ op: 'cursor.advance', key: 'k0', reader: 'r', seq: 5 }])
    await opened.store.writer.commit([{ op: 'log.truncate', key: 'k1', upTo: 4 }])
    if (!opened.reopen) throw new Error('the fixture of a durable store can reopen it')
    const { writer, log } = await opened.reopen()
    expect(await log.state('k0')).toEqual({ head: 17, floor: 0 })
    expect(await log.state('k1')).toEqual({ head: 17, floor: 4 })
    expect(await log.cursor('k0', 'r')).toBe(5)
    expect((await log.read('k2', 0, 100)).map((entry) => entry.body)).toEqual(
      appends.filter((_, index) => index % 3 === 2).map((op) => op.body),
    )
    const [next, repeat] = await writer.commit([append('k0'), append('k0', { clientId: 'c0' })])
    expect(next.seqs).toEqual([18])
    expect(repeat).toEqual({ id: appends[0]?.id, duplicate: true, seqs: [1] })
  })
}
