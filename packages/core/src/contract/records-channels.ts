import { expect, test } from 'vitest'
import type { StoreFixture } from './fixture.ts'
import { codeOf } from './rejection.ts'
import { agent, append, channel, member, user } from './samples.ts'

export function testChannels(fixture: () => StoreFixture): void {
  test('REC-3 a versioned put names the version it read; another one is refused', async () => {
    const { writer, agents, channels } = fixture().store
    const [scribe, room] = [agent(), channel()]
    const put = (name: string, expectVersion: number) =>
      codeOf(
        writer.commit([
          { op: 'agent.put', record: { ...scribe, name }, expectVersion },
          { op: 'channel.put', record: { ...room, name }, expectVersion },
        ]),
      )
    expect(await put('one', 1)).toBe('write_conflict')
    expect(await put('one', 0)).toBe('stored')
    expect(await put('two', 0)).toBe('write_conflict')
    expect(await put('two', 1)).toBe('stored')
    expect(await put('three', 1)).toBe('write_conflict')
    expect(await agents.get(scribe.id)).toEqual({ ...scribe, name: 'two', version: 2 })
    expect(await channels.get(room.id)).toEqual({ ...room, name: 'two', version: 2 })
  })

  test('REC-3 of concurrent puts that read the same version, one wins', async () => {
    const { writer, agents } = fixture().store
    const scribe = agent()
    await writer.commit([{ op: 'agent.put', record: scribe, expectVersion: 0 }])
    const codes = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        codeOf(writer.commit([{ op: 'agent.put', record: { ...scribe, name: `n${index}` }, expectVersion: 1 }])),
      ),
    )
    expect(codes.filter((code) => code === 'stored')).toHaveLength(1)
    expect((await agents.get(scribe.id))?.version).toBe(2)
  })

  test('REC-3 agents keep every field and are listed by age', async () => {
    const { writer, agents } = fixture().store
    const young = agent({ createdAt: 20, localized: null, builtin: true, disabled: true, tools: [], aliases: [] })
    const old = agent({ createdAt: 10 })
    await writer.commit([
      { op: 'agent.put', record: young, expectVersion: 0 },
      { op: 'agent.put', record: old, expectVersion: 0 },
    ])
    expect(await agents.list()).toEqual([
      { ...old, version: 1 },
      { ...young, version: 1 },
    ])
  })

  test('REC-4 the same two have one dm, also when both open it at once', async () => {
    const { writer, channels } = fixture().store
    const open = () => {
      const record = channel({ type: 'dm', dmKey: 'agent_1+user_1' })
      return codeOf(writer.commit([{ op: 'channel.put', record, expectVersion: 0 }]))
    }
    expect((await Promise.all([open(), open(), open()])).toSorted()).toEqual([
      'stored',
      'write_conflict',
      'write_conflict',
    ])
    expect(await channels.byDmKey('agent_1+user_1')).toMatchObject({ type: 'dm' })
    expect(await channels.byDmKey('other')).toBeUndefined()
    const other = channel({ type: 'dm', dmKey: 'other' })
    await writer.commit([{ op: 'channel.put', record: other, expectVersion: 0 }])
    const stolen = { ...other, dmKey: 'agent_1+user_1' }
    expect(await codeOf(writer.commit([{ op: 'channel.put', record: stolen, expectVersion: 1 }]))).toBe(
      'write_conflict',
    )
  })

  test('REC-5 deleting a channel removes what belongs to it and empties its log', async () => {
    const { store } = fixture()
    const { writer, channels, log } = store
    const ann = user()
    const room = channel({ dmKey: 'pair' })
    const key = `channel:${room.id}`
    const op = append(key)
    await writer.commit([
      { op: 'user.put', record: ann },
      { op: 'channel.put', record: room, expectVersion: 0 },
      { op: 'member.put', record: member(room.id, ann.id) },
      { op: 'preference.put', record: { channelId: room.id, userId: ann.id, pinned: true, muted: true, draft: '' } },
      op,
      append('channel:other'),
      { op: 'mention.add', channelId: room.id, userId: ann.id, messageId: op.id },
    ])
    await writer.commit([{ op: 'channel.delete', id: room.id, key }])
    expect(await channels.get(room.id)).toBeUndefined()
    expect(await channels.members(room.id)).toEqual([])
    expect(await channels.listFor(ann.id)).toEqual([])
    expect(await channels.preference(room.id, ann.id)).toBeUndefined()
    expect(await channels.countMentions(room.id, ann.id, 0, 9)).toBe(0)
    expect(await log.state(key)).toEqual({ head: 1, floor: 1 })
    expect(await log.find(op.id)).toBeUndefined()
    expect(await log.state('channel:other')).toEqual({ head: 1, floor: 0 })
    await writer.commit([{ op: 'channel.put', record: channel({ dmKey: 'pair' }), expectVersion: 0 }])
  })

  test('REC-7 deleting an agent ends its memberships and its leadership, under a new version', async () => {
    const { writer, agents, channels } = fixture().store
    const scribe = agent()
    const room = channel({ leaderAgentId: scribe.id })
    await writer.commit([
      { op: 'agent.put', record: scribe, expectVersion: 0 },
      { op: 'channel.put', record: room, expectVersion: 0 },
      { op: 'member.put', record: member(room.id, scribe.id, { type: 'agent' }) },
    ])
    await writer.commit([{ op: 'agent.delete', id: scribe.id }])
    expect(await agents.get(scribe.id)).toBeUndefined()
    expect(await channels.members(room.id)).toEqual([])
    expect(await channels.get(room.id)).toEqual({ ...room, leaderAgentId: null, version: 2 })
    expect(await codeOf(writer.commit([{ op: 'channel.put', record: room, expectVersion: 1 }]))).toBe('write_conflict')
  })

  test('REC-8 members are put, replaced and removed; listFor finds the channels of people and agents', async () => {
    const { writer, channels } = fixture().store
    const [old, young] = [channel({ createdAt: 10 }), channel({ createdAt: 20 })]
    await writer.commit([
      { op: 'channel.put', record: young, expectVersion: 0 },
      { op: 'channel.put', record: old, expectVersion: 0 },
      { op: 'member.put', record: member(young.id, 'ann', { joinedAt: 2 }) },
      { op: 'member.put', record: member(young.id, 'agent_1', { type: 'agent', joinedAt: 1 }) },
      { op: 'member.put', record: member(old.id, 'ann') },
    ])
    expect((await channels.members(young.id)).map((row) => row.id)).toEqual(['agent_1', 'ann'])
    expect((await channels.listFor('ann')).map((row) => row.id)).toEqual([old.id, young.id])
    expect((await channels.listFor('agent_1')).map((row) => row.id)).toEqual([young.id])
    await writer.commit([{ op: 'member.put', record: member(young.id, 'ann', { role: 'admin', joinedAt: 2 }) }])
    expect(await channels.member(young.id, 'ann')).toEqual(member(young.id, 'ann', { role: 'admin', joinedAt: 2 }))
    await writer.commit([{ op: 'member.delete', channelId: young.id, id: 'ann' }])
    expect(await channels.member(young.id, 'ann')).toBeUndefined()
    expect(await channels.member(old.id, 'ann')).toBeDefined()
  })

  test('REC-8 a member belongs to a channel that exists', async () => {
    const { writer } = fixture().store
    const lost = writer.commit([{ op: 'member.put', record: member('gone', 'ann') }])
    expect(await codeOf(lost)).toBe('write_conflict')
  })

  test('REC-9 a preference is one person’s view of one channel', async () => {
    const { writer, channels } = fixture().store
    const ann = user()
    const [room, other] = [channel(), channel()]
    const own = { channelId: room.id, userId: ann.id, pinned: true, muted: false, draft: '半句' }
    await writer.commit([
      { op: 'user.put', record: ann },
      { op: 'channel.put', record: room, expectVersion: 0 },
      { op: 'channel.put', record: other, expectVersion: 0 },
      { op: 'preference.put', record: own },
    ])
    expect(await channels.preference(room.id, ann.id)).toEqual(own)
    expect(await channels.preference(other.id, ann.id)).toBeUndefined()
    const changed = { ...own, pinned: false, muted: true, draft: '' }
    await writer.commit([{ op: 'preference.put', record: changed }])
    expect(await channels.preferencesFor(ann.id)).toEqual([changed])
    const lost = writer.commit([{ op: 'preference.put', record: { ...own, channelId: 'gone' } }])
    expect(await codeOf(lost)).toBe('write_conflict')
    const nobody = writer.commit([{ op: 'preference.put', record: { ...own, userId: 'gone' } }])
    expect(await codeOf(nobody)).toBe('write_conflict')
  })

  test('REC-10 mentions are counted from a position on, once per message, up to a cap', async () => {
    const { writer, channels } = fixture().store
    const room = channel()
    const key = `channel:${room.id}`
    const ops = Array.from({ length: 5 }, () => append(key))
    const mention = (index: number, userId = 'ann') =>
      ({ op: 'mention.add', channelId: room.id, userId, messageId: ops[index]?.id ?? '' }) as const
    await writer.commit([{ op: 'channel.put', record: room, expectVersion: 0 }])
    await writer.commit([...ops, mention(0), mention(2), mention(2), mention(4), mention(1, 'bob')])
    expect(await channels.countMentions(room.id, 'ann', 0, 99)).toBe(3)
    expect(await channels.countMentions(room.id, 'ann', 1, 99)).toBe(2)
    expect(await channels.countMentions(room.id, 'ann', 5, 99)).toBe(0)
    expect(await channels.countMentions(room.id, 'ann', 0, 2)).toBe(2)
    expect(await channels.countMentions(room.id, 'bob', 0, 99)).toBe(1)
    await writer.commit([{ op: 'log.truncate', key, upTo: 3 }])
    expect(await channels.countMentions(room.id, 'ann', 0, 99)).toBe(1)
    const lost = { op: 'mention.add', channelId: room.id, userId: 'ann', messageId: 'unknown' } as const
    expect(await codeOf(writer.commit([lost]))).toBe('log_not_found')
    expect(await codeOf(writer.commit([mention(0)]))).toBe('log_not_found')
    expect(await codeOf(writer.commit([{ ...mention(4), channelId: 'gone' }]))).toBe('write_conflict')
  })
}
