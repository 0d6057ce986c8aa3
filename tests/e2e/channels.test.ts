import {
  addMembers,
  createChannel,
  deleteChannel,
  deleteUser,
  listMembers,
  markRead,
  putChannelPreferences,
  removeMember,
  updateChannel,
} from '@parley/protocol/workspace'
import { describe, expect, test } from 'vitest'
import { useParley } from './use-parley.ts'

const parley = useParley()

describe('WS-1.2#10 create', () => {
  test('WS-1.2#10 a group answers ok, id and channel, and is in the list', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Writer'))
    const reply = await parley().owner.call(createChannel, {
      body: { name: 'Studio', type: 'group', agentIds: [agent.id] },
    })
    const me = await parley().owner.me()
    expect(reply.ok).toBe(true)
    expect(reply.id).toMatch(/^ch_/)
    expect(reply.channel).toMatchObject({
      id: reply.id,
      name: 'Studio',
      type: 'group',
      agentIds: [agent.id],
      userIds: [me.id],
      leaderAgentId: null,
      lastSeq: expect.any(Number),
      unread: 0,
      draft: '',
    })
    expect((await parley().owner.channels()).map((channel) => channel.id)).toContain(reply.id)
  })

  test('WS-1.2#10 a second direct chat with the same agent is the first one', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Twin'))
    const replies = await Promise.all(
      Array.from({ length: 5 }, () =>
        parley().owner.call(createChannel, { body: { type: 'dm', agentIds: [agent.id] } }),
      ),
    )
    expect(new Set(replies.map((reply) => reply.id)).size).toBe(1)
    expect((await parley().owner.channels()).filter((channel) => channel.agentIds.includes(agent.id))).toHaveLength(1)
  })

  test('WS-1.2#10 two people with the same agent have two direct chats', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Popular'))
    const { client } = await parley().cast.person()
    expect((await client.dm({ agentId: agent.id })).id).not.toBe((await parley().owner.dm({ agentId: agent.id })).id)
  })

  test('WS-1.2#10 a direct chat between two people is one channel seen from both sides', async () => {
    const a = await parley().cast.person('Anna')
    const b = await parley().cast.person('Ben')
    const fromA = await a.client.dm({ userId: b.user.id })
    const fromB = await b.client.dm({ userId: a.user.id })
    expect(fromB.id).toBe(fromA.id)
  })

  test.each([
    ['a group without a name', { type: 'group' }],
    ['no type', { name: 'x' }],
    ['an unknown type', { name: 'x', type: 'forum' }],
    ['a blank name', { name: '  ', type: 'group' }],
    ['a name too long', { name: 'x'.repeat(81), type: 'group' }],
    ['a direct chat with nobody', { type: 'dm' }],
    ['agentIds that are no list', { name: 'x', type: 'group', agentIds: 'a' }],
  ])('WS-1.3 %s answers 400 and creates nothing', async (_, body) => {
    const before = (await parley().owner.channels()).length
    expect((await parley().owner.request('POST', '/api/channels', { body })).status).toBe(400)
    expect((await parley().owner.channels()).length).toBe(before)
  })

  test('WS-1.3 a direct chat with two others answers 400', async () => {
    const a = await parley().cast.agent(parley().cast.name('A'))
    const b = await parley().cast.agent(parley().cast.name('B'))
    const body = { type: 'dm', agentIds: [a.id, b.id] }
    expect((await parley().owner.request('POST', '/api/channels', { body })).status).toBe(400)
  })

  test('WS-1.3 an unknown member answers 404 and creates nothing', async () => {
    const before = (await parley().owner.channels()).length
    for (const body of [
      { type: 'group', name: 'x', agentIds: ['agent_none'] },
      { type: 'group', name: 'x', userIds: ['user_none'] },
      { type: 'group', name: 'x', leaderAgentId: 'agent_none' },
    ]) {
      expect([400, 404]).toContain((await parley().owner.request('POST', '/api/channels', { body })).status)
    }
    expect((await parley().owner.channels()).length).toBe(before)
  })
})

describe('WS-1.2#11 change', () => {
  test('WS-1.2#11 a new name and leader are kept, the rest stays', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Leader'))
    const group = await parley().owner.group({ agentIds: [agent.id] })
    const reply = await parley().owner.call(updateChannel, {
      params: { id: group.id },
      body: { name: 'Renamed', leaderAgentId: agent.id },
    })
    expect(reply.channel).toMatchObject({
      id: group.id,
      name: 'Renamed',
      leaderAgentId: agent.id,
      agentIds: [agent.id],
    })
    expect(await parley().owner.channel(group.id)).toMatchObject({ name: 'Renamed', leaderAgentId: agent.id })
  })

  test('WS-1.2#11 a given list replaces the members of that kind and only those', async () => {
    const a = await parley().cast.agent(parley().cast.name('Out'))
    const b = await parley().cast.agent(parley().cast.name('In'))
    const { user } = await parley().cast.person()
    const group = await parley().owner.group({ agentIds: [a.id], userIds: [user.id] })
    const reply = await parley().owner.call(updateChannel, { params: { id: group.id }, body: { agentIds: [b.id] } })
    expect(reply.channel.agentIds).toEqual([b.id])
    expect(reply.channel.userIds).toContain(user.id)
  })

  test('WS-1.2#11 a leader who is no member, or not an agent, is refused', async () => {
    const group = await parley().owner.group()
    const outsider = await parley().cast.agent(parley().cast.name('Outsider'))
    for (const leaderAgentId of [outsider.id, 'agent_none', (await parley().owner.me()).id]) {
      const reply = await parley().owner.attempt(updateChannel, { params: { id: group.id }, body: { leaderAgentId } })
      expect([400, 404]).toContain(reply.status)
    }
    expect((await parley().owner.channel(group.id)).leaderAgentId).toBeNull()
  })

  test('WS-1.2#11 removing the leader leaves the group without one', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Chief'))
    const group = await parley().owner.group({ agentIds: [agent.id], leaderAgentId: agent.id })
    await parley().owner.call(removeMember, { params: { id: group.id, memberId: agent.id } })
    expect(await parley().owner.channel(group.id)).toMatchObject({ leaderAgentId: null, agentIds: [] })
  })

  test('WS-1.3 a plain member may not rename, delete or remove others; an outsider learns nothing', async () => {
    const inside = await parley().cast.person('Inside')
    const outside = await parley().cast.person('Outside')
    const group = await parley().owner.group({ userIds: [inside.user.id] })
    const ownerId = (await parley().owner.me()).id
    const tries = [
      ['PUT', `/api/channels/${group.id}`, { name: 'Hijacked' }],
      ['DELETE', `/api/channels/${group.id}`, undefined],
      ['DELETE', `/api/channels/${group.id}/members/${ownerId}`, undefined],
    ] as const
    for (const [method, path, body] of tries) {
      const options = body === undefined ? {} : { body }
      expect((await inside.client.request(method, path, options)).status, `${method} inside`).toBe(403)
      expect([403, 404], `${method} outside`).toContain((await outside.client.request(method, path, options)).status)
    }
    expect((await outside.client.channels()).map((channel) => channel.id)).not.toContain(group.id)
    expect([403, 404]).toContain((await outside.client.request('GET', `/api/channels/${group.id}`)).status)
    expect([403, 404]).toContain((await outside.client.request('GET', `/api/channels/${group.id}/members`)).status)
    expect((await parley().owner.channel(group.id)).name).toBe('Room')
  })
})

describe('WS-1.2#12 members', () => {
  test.each([
    ['agentId', (ids: string[]) => ({ agentId: ids[0] })],
    ['agentIds', (ids: string[]) => ({ agentIds: ids })],
  ])('WS-1.2#12 accepts %s and answers exactly {"ok":true}', async (_, body) => {
    const ids = [
      (await parley().cast.agent(parley().cast.name('M'))).id,
      (await parley().cast.agent(parley().cast.name('N'))).id,
    ]
    const group = await parley().owner.group()
    const reply = await parley().owner.request('POST', `/api/channels/${group.id}/members`, { body: body(ids) })
    expect([reply.status, reply.json]).toEqual([200, { ok: true }])
    expect((await parley().owner.channel(group.id)).agentIds).toContain(ids[0])
  })

  test('WS-1.2#12 accepts userId and userIds; adding twice changes nothing', async () => {
    const a = await parley().cast.person()
    const b = await parley().cast.person()
    const group = await parley().owner.group()
    for (const body of [{ userId: a.user.id }, { userIds: [a.user.id, b.user.id] }]) {
      await parley().owner.call(addMembers, { params: { id: group.id }, body })
    }
    const { members } = await parley().owner.call(listMembers, { params: { id: group.id } })
    expect(members.map((member) => member.id).toSorted()).toEqual(
      [a.user.id, b.user.id, (await parley().owner.me()).id].toSorted(),
    )
    expect(members.find((member) => member.role === 'owner')?.id).toBe((await parley().owner.me()).id)
  })

  test('WS-1.3 naming nobody answers 400, somebody unknown 404', async () => {
    const group = await parley().owner.group()
    const post = (body: unknown): Promise<{ status: number }> =>
      parley().owner.request('POST', `/api/channels/${group.id}/members`, { body })
    expect((await post({})).status).toBe(400)
    expect((await post({ agentId: 'agent_none' })).status).toBe(404)
    expect((await post({ userId: 'user_none' })).status).toBe(404)
  })

  test('WS-1.3 a direct chat takes no further members', async () => {
    const a = await parley().cast.agent(parley().cast.name('One'))
    const b = await parley().cast.agent(parley().cast.name('Two'))
    const dm = await parley().owner.dm({ agentId: a.id })
    const reply = await parley().owner.request('POST', `/api/channels/${dm.id}/members`, { body: { agentId: b.id } })
    expect(reply.status).toBe(400)
    expect((await parley().owner.channel(dm.id)).agentIds).toEqual([a.id])
  })

  test('WS-4#2 a member leaves by removing themself; the channel is gone from their list', async () => {
    const { client, user } = await parley().cast.person()
    const group = await parley().owner.group({ userIds: [user.id] })
    expect((await client.channels()).map((channel) => channel.id)).toContain(group.id)
    await client.call(removeMember, { params: { id: group.id, memberId: user.id } })
    expect((await client.channels()).map((channel) => channel.id)).not.toContain(group.id)
    expect([403, 404]).toContain((await client.request('GET', `/api/messages?channelId=${group.id}`)).status)
  })
})

describe('delete', () => {
  test('a deleted channel is gone with its messages for everybody', async () => {
    const { client, user } = await parley().cast.person()
    const group = await parley().owner.group({ userIds: [user.id] })
    const { id } = await client.say(group.id, 'soon gone')
    const socket = await client.listen(group.id)
    await parley().owner.call(deleteChannel, { params: { id: group.id } })
    for (const each of [client, parley().owner]) {
      expect((await each.request('GET', `/api/channels/${group.id}`)).status).toBe(404)
      expect((await each.request('GET', `/api/messages?channelId=${group.id}`)).status).toBe(404)
      expect((await each.request('GET', `/api/messages/${id}/stream`)).status).toBe(404)
      expect(
        (await each.request('POST', '/api/messages', { body: { channelId: group.id, content: 'x' } })).status,
      ).toBe(404)
      expect((await each.channels()).map((channel) => channel.id)).not.toContain(group.id)
    }
    await socket.next('changed')
    await socket.close()
  })

  test('a removed person keeps their messages readable and loses their sessions', async () => {
    const { client, user } = await parley().cast.person('Removed')
    const group = await parley().owner.group({ userIds: [user.id] })
    await client.say(group.id, 'I was here')
    await parley().owner.call(deleteUser, { params: { id: user.id } })
    expect((await client.request('GET', '/api/me')).status).toBe(401)
    const history = await parley().owner.history(group.id)
    expect(history.map((message) => message.content)).toContain('I was here')
    expect((await parley().owner.channel(group.id)).userIds).not.toContain(user.id)
  })
})

describe('unread and preferences', () => {
  test('WS-4#35 what others write is unread until it is read; own messages never are', async () => {
    const { client, user } = await parley().cast.person()
    const group = await parley().owner.group({ userIds: [user.id] })
    const start = (await client.channel(group.id)).lastSeq
    await client.call(markRead, { params: { id: group.id }, body: { seq: start } })
    for (const text of ['one', 'two', 'three']) await parley().owner.say(group.id, text)
    await client.say(group.id, 'mine')
    const channel = await client.channel(group.id)
    expect(channel).toMatchObject({ unread: 3, lastMessage: { content: 'mine' } })
    expect((await parley().owner.channel(group.id)).unread).toBe(1)
    const reply = await client.call(markRead, { params: { id: group.id }, body: { seq: channel.lastSeq } })
    expect(reply).toEqual({ ok: true, readSeq: channel.lastSeq })
    expect((await client.channel(group.id)).unread).toBe(0)
  })

  test('LOG-7 the read marker never goes back and never past the head', async () => {
    const group = await parley().owner.group()
    await parley().owner.say(group.id, 'a')
    const { seq } = await parley().owner.say(group.id, 'b')
    const put = (to: number): Promise<{ status: number; json: unknown }> =>
      parley().owner.request('PUT', `/api/channels/${group.id}/read`, { body: { seq: to } })
    expect((await put(seq)).json).toEqual({ ok: true, readSeq: seq })
    expect((await put(seq - 1)).json).toEqual({ ok: true, readSeq: seq })
    expect((await put(seq + 1_000)).status).toBe(400)
    expect((await put(-1)).status).toBe(400)
    expect((await parley().owner.channel(group.id)).readSeq).toBe(seq)
  })

  test('a mention of a person counts for them alone', async () => {
    const a = await parley().cast.person('Mia')
    const b = await parley().cast.person('Noah')
    const group = await parley().owner.group({ userIds: [a.user.id, b.user.id] })
    await parley().owner.say(group.id, `@${a.user.name} look`)
    expect((await a.client.channel(group.id)).unreadMentions).toBe(1)
    expect((await b.client.channel(group.id)).unreadMentions).toBe(0)
    const { lastSeq } = await a.client.channel(group.id)
    await a.client.call(markRead, { params: { id: group.id }, body: { seq: lastSeq } })
    expect((await a.client.channel(group.id)).unreadMentions).toBe(0)
  })

  test('WS-4#35 pin, mute and draft belong to one person', async () => {
    const { client, user } = await parley().cast.person()
    const group = await parley().owner.group({ userIds: [user.id] })
    const set = { pinned: true, muted: true, draft: 'half a thought 想' }
    await client.call(putChannelPreferences, { params: { id: group.id }, body: set })
    expect(await client.channel(group.id)).toMatchObject(set)
    expect(await parley().owner.channel(group.id)).toMatchObject({ pinned: false, muted: false, draft: '' })
    await client.call(putChannelPreferences, { params: { id: group.id }, body: { draft: '' } })
    expect(await client.channel(group.id)).toMatchObject({ pinned: true, muted: true, draft: '' })
  })

  test('WS-1.3 a guest may not create channels but reads those they are in', async () => {
    const { client, user } = await parley().cast.person('Guest', 'guest')
    const group = await parley().owner.group({ userIds: [user.id] })
    await parley().owner.say(group.id, 'for the guest')
    expect((await client.page(group.id)).messages.map((message) => message.content)).toContain('for the guest')
    expect(
      (await client.request('POST', '/api/messages', { body: { channelId: group.id, content: 'x' } })).status,
    ).toBe(403)
    expect((await client.request('POST', '/api/channels', { body: { type: 'group', name: 'x' } })).status).toBe(403)
  })
})
