import { expect, test } from 'vitest'
import type { StoreFixture } from './fixture.ts'
import { codeOf } from './rejection.ts'
import { append, revise } from './samples.ts'

export function testRevise(fixture: () => StoreFixture): void {
  test('LOG-3 a revision replaces the body and appends a change that names it', async () => {
    const { writer, log } = fixture().store
    const op = append('k')
    await writer.commit([op, append('k')])
    const change = revise(op.id, '"new"')
    const [result] = await writer.commit([change])
    expect(result).toEqual({ revision: 1, changes: [{ key: 'k', seq: 3 }] })
    expect(await log.find(op.id)).toMatchObject({ seq: 1, body: '"new"', revision: 1, at: op.at })
    const [entry] = await log.read('k', 2, 10)
    expect(entry).toMatchObject({ id: change.changeId, kind: 'change', seq: 3, at: change.at, producer: 'ann' })
    expect(JSON.parse(entry?.body ?? '')).toEqual({ id: op.id, seq: 1, revision: 1 })
  })

  test('LOG-9 a revision of an entry with several targets shows in all of them', async () => {
    const { writer, log } = fixture().store
    await writer.commit([append('b')])
    const op = append('', { targets: [{ key: 'a', extra: 'x' }, { key: 'b' }] })
    await writer.commit([op])
    const [result] = await writer.commit([revise(op.id, '"new"')])
    expect(result.changes).toEqual([
      { key: 'a', seq: 2 },
      { key: 'b', seq: 3 },
    ])
    expect(await log.find(op.id, 'a')).toMatchObject({ body: '"new"', revision: 1, extra: 'x' })
    expect(await log.find(op.id, 'b')).toMatchObject({ body: '"new"', revision: 1, extra: null })
    const changes = await Promise.all([log.read('a', 1, 1), log.read('b', 2, 1)])
    expect(changes.map(([entry]) => JSON.parse(entry?.body ?? '').seq)).toEqual([1, 2])
  })

  test('LOG-3 a revision that expects another one is refused and changes nothing', async () => {
    const { writer, log } = fixture().store
    const op = append('k')
    await writer.commit([op])
    await writer.commit([{ ...revise(op.id, '"one"'), expectRevision: 0 }])
    const late = writer.commit([{ ...revise(op.id, '"two"'), expectRevision: 0 }])
    await expect(late).rejects.toMatchObject({ code: 'log_conflict', details: { id: op.id } })
    expect(await log.find(op.id)).toMatchObject({ body: '"one"', revision: 1 })
    expect((await log.state('k')).head).toBe(2)
  })

  test('LOG-3 of concurrent revisions that expect the same one, one wins', async () => {
    const { writer, log } = fixture().store
    const op = append('k')
    await writer.commit([op])
    const codes = await Promise.all(
      Array.from({ length: 20 }, () => codeOf(writer.commit([{ ...revise(op.id), expectRevision: 0 }]))),
    )
    expect(codes.filter((code) => code === 'stored')).toHaveLength(1)
    expect(codes.filter((code) => code === 'log_conflict')).toHaveLength(19)
    expect((await log.state('k')).head).toBe(2)
  })

  test('LOG-3 only messages that are there can be revised', async () => {
    const { writer } = fixture().store
    const op = append('k')
    const change = revise(op.id)
    await writer.commit([op, change])
    expect(await codeOf(writer.commit([revise('unknown')]))).toBe('log_not_found')
    expect(await codeOf(writer.commit([revise(change.changeId)]))).toBe('log_not_found')
    await writer.commit([{ op: 'log.truncate', key: 'k', upTo: 1 }])
    expect(await codeOf(writer.commit([revise(op.id)]))).toBe('log_not_found')
  })

  test('LOG-3 an entry appended in the same unit can be revised in it', async () => {
    const { writer, log } = fixture().store
    const op = append('k')
    const [, result] = await writer.commit([op, revise(op.id, '"at once"')])
    expect(result.changes).toEqual([{ key: 'k', seq: 2 }])
    expect((await log.find(op.id))?.body).toBe('"at once"')
  })
}
