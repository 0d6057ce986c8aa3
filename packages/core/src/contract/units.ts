import { expect, test } from 'vitest'
import type { WriteOp } from '../ports/index.ts'
import type { StoreFactory, StoreFixture } from './fixture.ts'
import { codeOf } from './rejection.ts'
import { agent, append, channel, enqueue, freshId, user } from './samples.ts'

/** Refused by every store, wherever it stands in a unit. */
const refused = { op: 'cursor.advance', key: 'nothing', reader: 'r', seq: 1 } as const

export function testUnits(fixture: () => StoreFixture, create: StoreFactory): void {
  test('WRITE-1 a refused unit leaves no trace in any table', async () => {
    const { store } = fixture()
    const { writer } = store
    const ann = user()
    const room = channel()
    const writes: WriteOp[] = [
      append('k'),
      { op: 'user.put', record: ann },
      { op: 'channel.put', record: room, expectVersion: 0 },
      { op: 'member.put', record: { channelId: room.id, type: 'user', id: ann.id, role: 'owner', joinedAt: 1 } },
      { op: 'setting.put', name: 'theme', value: 'dark' },
      enqueue('lane'),
      { op: 'stream.append', messageId: 'm', pieces: [{ kind: 'text', data: 'a' }] },
    ]
    for (let at = 1; at <= writes.length; at++) {
      const unit = [...writes.slice(0, at), refused]
      expect(await codeOf(writer.commit(unit))).toBe('cursor_past_head')
    }
    expect(await store.log.state('k')).toEqual({ head: 0, floor: 0 })
    expect(await store.users.list()).toEqual([])
    expect(await store.channels.get(room.id)).toBeUndefined()
    expect(await store.channels.members(room.id)).toEqual([])
    expect(await store.settings.get('theme')).toBeUndefined()
    expect(await store.jobs.pending('lane')).toEqual([])
    expect(await store.streams.pieces('m')).toEqual([])
  })

  test('WRITE-1 a refused unit takes back what it replaced and removed', async () => {
    const { store } = fixture()
    const ann = user({ name: 'Ann' })
    await store.writer.commit([
      { op: 'user.put', record: ann },
      { op: 'setting.put', name: 's', value: 1 },
    ])
    const unit = [
      { op: 'setting.put', name: 's', value: 2 },
      { op: 'user.put', record: { ...ann, name: 'Other' } },
      { op: 'user.delete', id: ann.id },
      refused,
    ] as const
    expect(await codeOf(store.writer.commit(unit))).toBe('cursor_past_head')
    expect(await store.settings.get('s')).toBe(1)
    expect(await store.users.get(ann.id)).toEqual(ann)
  })

  test('WRITE-2 a unit answers with one result per operation, in order', async () => {
    const { writer } = fixture().store
    const results = await writer.commit([
      append('k'),
      { op: 'setting.put', name: 's', value: 1 },
      { op: 'cursor.advance', key: 'k', reader: 'r', seq: 1 },
    ])
    expect(results).toEqual([expect.objectContaining({ seqs: [1] }), null, { seq: 1 }])
    expect(await writer.commit([])).toEqual([])
  })

  test('WRITE-3 units refused in between do not hurt their neighbours', async () => {
    const { writer, log } = fixture().store
    const units = Array.from({ length: 90 }, (_, index) => {
      const good = append('k', { id: `n${index}` })
      if (index % 3 === 1) return writer.commit([good, refused])
      if (index % 3 === 2) return writer.commit([{ op: 'setting.put', name: `s${index}`, value: 1 }, good])
      return writer.commit([good])
    })
    const codes = await Promise.all(units.map(codeOf))
    expect(codes).toEqual(codes.map((_, index) => (index % 3 === 1 ? 'cursor_past_head' : 'stored')))
    const stored = await log.read('k', 0, 100)
    const wanted = codes.flatMap((code, index) => (code === 'stored' ? [`n${index}`] : []))
    expect(stored.map((entry) => entry.id)).toEqual(wanted)
  })

  test('WRITE-4 onlyIfNew leaves out what belongs to a repeat', async () => {
    const { store } = fixture()
    const unit = () =>
      [
        append('k', { clientId: 'c' }),
        { ...append('copy'), onlyIfNew: 0 },
        { ...enqueue('lane'), onlyIfNew: 0 },
        { op: 'setting.put', name: 's', value: freshId(), onlyIfNew: 1 },
      ] as const
    await store.writer.commit(unit())
    const value = await store.settings.get('s')
    const results = await store.writer.commit(unit())
    expect(results[0]).toMatchObject({ duplicate: true })
    expect(results.slice(1)).toEqual([null, null, null])
    expect((await store.log.state('copy')).head).toBe(1)
    expect(await store.jobs.pending('lane')).toHaveLength(1)
    expect(await store.settings.get('s')).toBe(value)
  })

  test('WRITE-4 onlyIfNew must name an earlier append', async () => {
    const { writer, log } = fixture().store
    for (const onlyIfNew of [1, 2, -1, 7]) {
      const unit = [append('k'), { op: 'setting.put', name: 's', value: 1 }, { ...append('k'), onlyIfNew }] as const
      const code = await codeOf(writer.commit(unit))
      expect(code).toBe('write_invalid')
    }
    expect((await log.state('k')).head).toBe(0)
  })

  test('WRITE-5 malformed operations are refused, changing nothing', async () => {
    const { writer, log } = fixture().store
    const cyclic: { self?: unknown } = {}
    cyclic.self = cyclic
    const malformed: unknown[] = [
      { op: 'no.such', id: 1 },
      { op: 'user.put' },
      { op: 'setting.put', name: 's', value: cyclic },
      { op: 'log.append', id: 'x', producer: 'p', at: 1, body: '' },
    ]
    for (const op of malformed) {
      const unit = [append('k'), op] as readonly WriteOp[]
      expect(await codeOf(writer.commit(unit))).toBe('write_invalid')
    }
    expect((await log.state('k')).head).toBe(0)
  })

  test('WRITE-6 units are applied in the order in which one caller committed them', async () => {
    const { writer, log } = fixture().store
    const ids = Array.from({ length: 300 }, () => freshId('msg'))
    const commits: Promise<unknown>[] = []
    for (const [index, id] of ids.entries()) {
      commits.push(writer.commit([append('k', { id })]))
      if (index % 40 === 0) await new Promise((resolve) => setTimeout(resolve))
    }
    await Promise.all(commits)
    expect((await log.read('k', 0, 1_000)).map((entry) => entry.id)).toEqual(ids)
  })

  test('WRITE-7 a unit is stored as it was when it was committed', async () => {
    const { writer, settings } = fixture().store
    const value = { list: [1] }
    const stored = writer.commit([{ op: 'setting.put', name: 's', value }])
    value.list.push(2)
    await stored
    expect(await settings.get('s')).toEqual({ list: [1] })
  })

  test('WRITE-8 a closed store refuses writes, after finishing those it has', async () => {
    await using opened = await create()
    const { store } = opened
    const last = store.writer.commit([append('k')])
    await store[Symbol.asyncDispose]()
    expect(await last).toEqual([expect.objectContaining({ seqs: [1] })])
    expect(await codeOf(store.writer.commit([append('k')]))).toBe('store_unavailable')
  })

  test('WRITE-9 an operation sees what earlier ones of its unit did', async () => {
    const { store } = fixture()
    const room = channel()
    const writer = agent()
    const op = append(`channel:${room.id}`)
    await store.writer.commit([
      { op: 'agent.put', record: writer, expectVersion: 0 },
      { op: 'channel.put', record: room, expectVersion: 0 },
      { op: 'channel.put', record: { ...room, leaderAgentId: writer.id }, expectVersion: 1 },
      op,
      { op: 'mention.add', channelId: room.id, userId: 'user_1', messageId: op.id },
    ])
    expect(await store.channels.get(room.id)).toEqual({ ...room, leaderAgentId: writer.id, version: 2 })
    expect(await store.channels.countMentions(room.id, 'user_1', 0, 9)).toBe(1)
  })
}
