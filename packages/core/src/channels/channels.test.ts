import { beforeEach, describe, expect, it } from 'vitest'
import { createWorkspace, type Workspace } from '../../test/workspace.ts'
import type { Caller } from '../identity/caller.ts'

describe('Channels', () => {
  let workspace: Workspace
  let ann: Caller
  let bob: Caller
  beforeEach(async () => {
    workspace = await createWorkspace()
    ann = await workspace.person('Ann')
    bob = await workspace.person('Bob')
    await workspace.agent('novelist', '小说家')
    await workspace.agent('coder', 'Coder')
  })

  const group = (caller: Caller, fields: object = {}) =>
    workspace.channels.create(caller, { type: 'group', name: 'Team', ...fields })

  describe('create', () => {
    it('makes a group with its caller as owner', async () => {
      const channel = await group(ann, {
        agentIds: ['novelist', 'coder', 'coder'],
        userIds: [bob.userId, ann.userId],
        leaderAgentId: 'coder',
      })
      expect(channel).toMatchObject({
        name: 'Team',
        type: 'group',
        leaderAgentId: 'coder',
        agentIds: ['coder', 'novelist'],
        lastSeq: 0,
        unread: 0,
        lastMessage: null,
      })
      expect(channel.userIds.toSorted()).toEqual([ann.userId, bob.userId].toSorted())
      const members = await workspace.channels.members(bob, channel.id)
      expect(members.find((member) => member.id === ann.userId)?.role).toBe('owner')
    })

    it('names a direct chat after the other side, for each side', async () => {
      const channel = await workspace.channels.create(ann, { type: 'dm', userIds: [bob.userId] })
      expect(channel.name).toBe('Bob')
      expect((await workspace.channels.get(bob, channel.id)).name).toBe('Ann')
    })

    it('returns the first direct chat of the same two', async () => {
      const first = await workspace.channels.create(ann, { type: 'dm', userIds: [bob.userId] })
      const second = await workspace.channels.create(bob, { type: 'dm', userIds: [ann.userId], name: 'Other' })
      expect(second.id).toBe(first.id)
      const own = await workspace.channels.create(bob, { type: 'dm', agentIds: ['coder'] })
      expect(own.id).not.toBe(first.id)
    })

    it('makes one direct chat when two ask at the same time', async () => {
      const created = await Promise.all([
        workspace.channels.create(ann, { type: 'dm', userIds: [bob.userId] }),
        workspace.channels.create(bob, { type: 'dm', userIds: [ann.userId] }),
        workspace.channels.create(ann, { type: 'dm', userIds: [bob.userId] }),
      ])
      expect(new Set(created.map((channel) => channel.id)).size).toBe(1)
      expect(await workspace.channels.listFor(ann)).toHaveLength(1)
    })

    it('lets an agent made again under its old id back into its direct chat', async () => {
      const first = await workspace.channels.create(ann, { type: 'dm', agentIds: ['coder'] })
      await workspace.agents.delete(workspace.owner, 'coder')
      expect((await workspace.channels.get(ann, first.id)).agentIds).toEqual([])
      await workspace.agent('coder', 'Coder')
      const again = await workspace.channels.create(ann, { type: 'dm', agentIds: ['coder'] })
      expect(again).toMatchObject({ id: first.id, agentIds: ['coder'] })
      await workspace.messages.post(ann, { channelId: first.id, content: 'hello again' })
      expect(await workspace.answers.pending(ann, first.id)).toHaveLength(1)
    })

    it('refuses what makes no sense and stores nothing', async () => {
      const invalid = { code: 'invalid_channel', kind: 'invalid' }
      const { channels } = workspace
      await expect(channels.create(ann, { type: 'group' })).rejects.toMatchObject(invalid)
      await expect(channels.create(ann, { type: 'group', name: '  ' })).rejects.toMatchObject(invalid)
      await expect(channels.create(ann, { type: 'group', name: 'x'.repeat(81) })).rejects.toMatchObject(invalid)
      await expect(group(ann, { leaderAgentId: 'coder' })).rejects.toMatchObject(invalid)
      await expect(channels.create(ann, { type: 'dm' })).rejects.toMatchObject(invalid)
      await expect(channels.create(ann, { type: 'dm', userIds: [ann.userId] })).rejects.toMatchObject(invalid)
      const three = channels.create(ann, { type: 'dm', agentIds: ['coder', 'novelist'] })
      await expect(three).rejects.toMatchObject(invalid)
      await expect(group(ann, { agentIds: ['x'] })).rejects.toMatchObject({ code: 'agent_not_found' })
      await expect(group(ann, { userIds: ['x'] })).rejects.toMatchObject({ code: 'user_not_found' })
      expect(await channels.listFor(ann)).toEqual([])
    })

    it('is not for guests', async () => {
      const guest = await workspace.person('Gus', 'guest')
      await expect(group(guest)).rejects.toMatchObject({ code: 'forbidden' })
    })
  })

  describe('visibility', () => {
    it('shows a channel to its members only, not even to the owner of the workspace', async () => {
      const channel = await group(ann)
      const { channels, owner } = workspace
      const foreign = { code: 'not_a_member', kind: 'forbidden' }
      for (const caller of [bob, owner]) {
        await expect(channels.get(caller, channel.id)).rejects.toMatchObject(foreign)
        await expect(channels.members(caller, channel.id)).rejects.toMatchObject(foreign)
        await expect(channels.head(caller, channel.id)).rejects.toMatchObject(foreign)
        await expect(channels.update(caller, channel.id, { name: 'x' })).rejects.toMatchObject(foreign)
        await expect(channels.delete(caller, channel.id)).rejects.toMatchObject(foreign)
        await expect(channels.markRead(caller, channel.id, 0)).rejects.toMatchObject(foreign)
        await expect(channels.setPreferences(caller, channel.id, {})).rejects.toMatchObject(foreign)
        await expect(channels.addMembers(caller, channel.id, {})).rejects.toMatchObject(foreign)
        await expect(channels.removeMember(caller, channel.id, ann.userId)).rejects.toMatchObject(foreign)
        expect(await channels.listFor(caller)).toEqual([])
      }
    })

    it('does not find channels that are not there', async () => {
      const missing = { code: 'channel_not_found', kind: 'not_found' }
      await expect(workspace.channels.get(ann, 'ch_x')).rejects.toMatchObject(missing)
      await expect(workspace.channels.update(ann, 'ch_x', {})).rejects.toMatchObject(missing)
    })
  })

  describe('update', () => {
    it('is for those who run the channel', async () => {
      const channel = await group(ann, { userIds: [bob.userId] })
      const refused = workspace.channels.update(bob, channel.id, { name: 'Mine' })
      await expect(refused).rejects.toMatchObject({ code: 'not_channel_admin' })
      const admin = await workspace.person('Adi', 'admin')
      await workspace.channels.addMembers(ann, channel.id, { userIds: [admin.userId] })
      expect((await workspace.channels.update(admin, channel.id, { name: 'Ours' })).name).toBe('Ours')
    })

    it('replaces members of a kind and tells everybody concerned', async () => {
      const cy = await workspace.person('Cy')
      const channel = await group(ann, { userIds: [bob.userId], agentIds: ['coder'], leaderAgentId: 'coder' })
      const bells = [ann, bob, cy].map((caller) => workspace.bellsOf(`user:${caller.userId}`))
      const changed = await workspace.channels.update(ann, channel.id, {
        userIds: [cy.userId],
        agentIds: ['novelist'],
      })
      expect(changed.agentIds).toEqual(['novelist'])
      expect(changed.leaderAgentId).toBeNull()
      expect(changed.userIds.toSorted()).toEqual([ann.userId, cy.userId].toSorted())
      expect(bells.map((bell) => bell.count)).toEqual([1, 1, 1])
      await expect(workspace.channels.get(bob, channel.id)).rejects.toMatchObject({ code: 'not_a_member' })
    })

    it('keeps the owner of the channel and the caller', async () => {
      const admin = await workspace.person('Adi', 'admin')
      const channel = await group(ann, { userIds: [admin.userId, bob.userId] })
      const changed = await workspace.channels.update(admin, channel.id, { userIds: [] })
      expect(changed.userIds.toSorted()).toEqual([ann.userId, admin.userId].toSorted())
    })

    it('sets and clears the leader, who must be an agent of the channel', async () => {
      const channel = await group(ann, { agentIds: ['coder'] })
      const led = await workspace.channels.update(ann, channel.id, { leaderAgentId: 'coder' })
      expect(led.leaderAgentId).toBe('coder')
      const refused = workspace.channels.update(ann, channel.id, { leaderAgentId: 'novelist' })
      await expect(refused).rejects.toMatchObject({ code: 'invalid_channel' })
      const joined = { leaderAgentId: 'novelist', agentIds: ['novelist'] }
      expect((await workspace.channels.update(ann, channel.id, joined)).leaderAgentId).toBe('novelist')
      expect((await workspace.channels.update(ann, channel.id, { leaderAgentId: null })).leaderAgentId).toBeNull()
    })

    it('survives two changes at the same time', async () => {
      const channel = await group(ann)
      await Promise.all([
        workspace.channels.update(ann, channel.id, { name: 'New' }),
        workspace.channels.update(ann, channel.id, { avatar: '🎈' }),
        workspace.channels.update(ann, channel.id, { agentIds: ['coder'] }),
      ])
      const after = await workspace.channels.get(ann, channel.id)
      expect(after).toMatchObject({ name: 'New', avatar: '🎈', agentIds: ['coder'] })
    })

    it('leaves the members of a direct chat alone', async () => {
      const dm = await workspace.channels.create(ann, { type: 'dm', agentIds: ['coder'] })
      const invalid = { code: 'invalid_channel' }
      const { channels } = workspace
      await expect(channels.update(ann, dm.id, { agentIds: [] })).rejects.toMatchObject(invalid)
      await expect(channels.addMembers(ann, dm.id, { agentIds: ['novelist'] })).rejects.toMatchObject(invalid)
      await expect(channels.removeMember(ann, dm.id, ann.userId)).rejects.toMatchObject(invalid)
      expect((await channels.update(ann, dm.id, { name: 'Pair' })).name).toBe('Pair')
    })
  })

  describe('members', () => {
    it('join without the history counting as unread', async () => {
      const channel = await group(ann)
      for (let i = 0; i < 3; i++) await workspace.messages.post(ann, { channelId: channel.id, content: `m${i}` })
      await workspace.channels.addMembers(ann, channel.id, { userIds: [bob.userId], agentIds: ['coder'] })
      expect(await workspace.channels.get(bob, channel.id)).toMatchObject({ unread: 0, lastSeq: 3, readSeq: 3 })
      await workspace.channels.addMembers(ann, channel.id, { userIds: [bob.userId], agentIds: ['coder'] })
      expect(await workspace.channels.members(ann, channel.id)).toHaveLength(3)
    })

    it('may leave; the owner hands over; the last person stays', async () => {
      const channel = await group(ann, { userIds: [bob.userId] })
      await workspace.channels.removeMember(ann, channel.id, ann.userId)
      const [left] = await workspace.channels.members(bob, channel.id)
      expect(left).toMatchObject({ id: bob.userId, role: 'owner' })
      const last = workspace.channels.removeMember(bob, channel.id, bob.userId)
      await expect(last).rejects.toMatchObject({ code: 'last_person', kind: 'invalid' })
    })

    it('lets many go at the same moment', async () => {
      const people = await Promise.all(Array.from({ length: 12 }, (_, index) => workspace.person(`Guest ${index}`)))
      const channel = await group(ann, { userIds: people.map(({ userId }) => userId) })
      await Promise.all(people.map(({ userId }) => workspace.channels.removeMember(ann, channel.id, userId)))
      expect(await workspace.channels.members(ann, channel.id)).toHaveLength(1)
    })

    it('never loses its last person, even when both leave at the same moment', async () => {
      const channel = await group(ann, { userIds: [bob.userId] })
      const left = await Promise.allSettled(
        [ann, bob].map((caller) => workspace.channels.removeMember(caller, channel.id, caller.userId)),
      )
      expect(left.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
      expect(left[1]).toMatchObject({ reason: { code: 'last_person' } })
      expect(await workspace.channels.members(bob, channel.id)).toMatchObject([{ id: bob.userId, role: 'owner' }])
    })

    it('are removed by those who run the channel only', async () => {
      const cy = await workspace.person('Cy')
      const channel = await group(ann, {
        userIds: [bob.userId, cy.userId],
        agentIds: ['coder'],
        leaderAgentId: 'coder',
      })
      const { channels } = workspace
      const denied = { code: 'not_channel_admin' }
      await expect(channels.removeMember(bob, channel.id, cy.userId)).rejects.toMatchObject(denied)
      await expect(channels.removeMember(bob, channel.id, ann.userId)).rejects.toMatchObject(denied)
      const missing = channels.removeMember(ann, channel.id, 'user_x')
      await expect(missing).rejects.toMatchObject({ code: 'member_not_found' })
      await channels.removeMember(ann, channel.id, 'coder')
      expect((await channels.get(ann, channel.id)).leaderAgentId).toBeNull()
    })

    it('lose the channel when it is deleted, with everything in it', async () => {
      const channel = await group(ann, { userIds: [bob.userId], agentIds: ['coder'], leaderAgentId: 'coder' })
      const { id } = await workspace.messages.post(ann, { channelId: channel.id, content: 'hello' })
      const bell = workspace.bellsOf(`user:${bob.userId}`)
      await workspace.channels.delete(ann, channel.id)
      expect(bell.count).toBe(1)
      await expect(workspace.channels.get(ann, channel.id)).rejects.toMatchObject({ code: 'channel_not_found' })
      await expect(workspace.messages.get(ann, id)).rejects.toMatchObject({ code: 'message_not_found' })
      expect(await workspace.turns.claim('worker', 5, 1000)).toEqual([])
    })
  })

  describe('reading', () => {
    it('counts unread messages of others and mentions', async () => {
      const channel = await group(ann, { userIds: [bob.userId] })
      const post = (caller: Caller, content: string) =>
        workspace.messages.post(caller, { channelId: channel.id, content })
      await post(ann, 'one')
      await post(ann, '@bob two')
      await post(bob, 'three')
      await post(ann, '@all four')
      expect(await workspace.channels.get(bob, channel.id)).toMatchObject({ unread: 3, unreadMentions: 2 })
      expect(await workspace.channels.get(ann, channel.id)).toMatchObject({ unread: 1, unreadMentions: 0 })
      const [listed] = await workspace.channels.listFor(bob)
      expect(listed).toMatchObject({ unread: 3, unreadMentions: 2, lastMessage: { content: '@all four' } })

      const bell = workspace.bellsOf(`read:${bob.userId}`)
      expect(await workspace.channels.markRead(bob, channel.id, 2)).toBe(2)
      expect(await workspace.channels.get(bob, channel.id)).toMatchObject({ unread: 1, unreadMentions: 1 })
      expect(await workspace.channels.markRead(bob, channel.id, 1)).toBe(2)
      expect(bell.count).toBe(1)
      const past = workspace.channels.markRead(bob, channel.id, 99)
      await expect(past).rejects.toMatchObject({ code: 'cursor_past_head' })
    })

    it('does not count beyond 999', async () => {
      const channel = await group(ann, { userIds: [bob.userId] })
      const unit = Array.from({ length: 1005 }, (_, index) => ({
        op: 'log.append' as const,
        id: `msg_${index}`,
        targets: [{ key: `channel:${channel.id}` }],
        producer: ann.userId,
        at: 0,
        body: JSON.stringify({ agentId: null, userId: ann.userId, type: 'text', content: 'x', metadata: {} }),
      }))
      await workspace.ledger.commit(unit)
      expect((await workspace.channels.get(bob, channel.id)).unread).toBe(999)
    })

    it('keeps pin, mute and draft per person, whatever changes first', async () => {
      const channel = await group(ann, { userIds: [bob.userId] })
      const bell = workspace.bellsOf(`user:${bob.userId}`)
      await Promise.all([
        workspace.channels.setPreferences(bob, channel.id, { pinned: true }),
        workspace.channels.setPreferences(bob, channel.id, { draft: 'half a' }),
        workspace.channels.setPreferences(bob, channel.id, { muted: true }),
      ])
      const own = await workspace.channels.get(bob, channel.id)
      expect(own).toMatchObject({ pinned: true, muted: true, draft: 'half a' })
      expect(await workspace.channels.get(ann, channel.id)).toMatchObject({ pinned: false, muted: false, draft: '' })
      expect(bell.count).toBe(2)
      const long = workspace.channels.setPreferences(bob, channel.id, { draft: 'x'.repeat(100_001) })
      await expect(long).rejects.toMatchObject({ code: 'invalid_channel' })
    })

    it('lets a guest read, mark and pin', async () => {
      const guest = await workspace.person('Gus', 'guest')
      const channel = await group(ann, { userIds: [guest.userId] })
      const { seq } = await workspace.messages.post(ann, { channelId: channel.id, content: 'hi' })
      expect((await workspace.messages.page(guest, { channelId: channel.id })).messages).toHaveLength(1)
      expect(await workspace.channels.markRead(guest, channel.id, seq)).toBe(seq)
      await workspace.channels.setPreferences(guest, channel.id, { pinned: true })
      const refused = workspace.messages.post(guest, { channelId: channel.id, content: 'hi' })
      await expect(refused).rejects.toMatchObject({ code: 'forbidden' })
    })
  })
})
