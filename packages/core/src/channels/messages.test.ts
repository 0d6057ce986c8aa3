import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { createWorkspace, type Workspace } from '../../test/workspace.ts'
import { answerJobOf } from '../agents/answer-job.ts'
import type { Caller } from '../identity/caller.ts'

describe('Messages', () => {
  let workspace: Workspace
  let ann: Caller
  let bob: Caller
  let channelId: string
  beforeEach(async () => {
    workspace = await createWorkspace()
    ann = await workspace.person('Ann')
    bob = await workspace.person('Bob')
    await workspace.agent('novelist', '小说家', { aliases: ['Novelist'] })
    await workspace.agent('coder', 'Code assistant')
    await workspace.agent('sleeper', 'Sleeper', { disabled: true })
    const agentIds = ['novelist', 'coder', 'sleeper']
    channelId = (await group({ agentIds, userIds: [bob.userId] })).id
  })

  const group = (fields: object = {}) => workspace.channels.create(ann, { type: 'group', name: 'Team', ...fields })
  const post = (content: string, fields: object = {}) => workspace.messages.post(ann, { channelId, content, ...fields })
  const asked = async (channel = channelId) =>
    (await workspace.store.jobs.pending(`channel:${channel}`)).map((job) => answerJobOf(job).agentId)

  describe('post', () => {
    it('stores a message and rings its channel', async () => {
      const bell = workspace.bellsOf(`channel:${channelId}`)
      const { id, seq, duplicate } = await post('hello')
      expect({ seq, duplicate }).toEqual({ seq: 1, duplicate: false })
      expect(bell).toEqual({ count: 1, last: 1 })
      expect(await workspace.messages.get(bob, id)).toMatchObject({
        id,
        channelId,
        seq: 1,
        userId: ann.userId,
        agentId: null,
        type: 'text',
        content: 'hello',
        metadata: {},
      })
    })

    it('returns the first message for a clientId seen before, and asks nobody twice', async () => {
      const first = await post('@小说家 hi', { clientId: 'c1' })
      const again = await post('@小说家 hi', { clientId: 'c1' })
      expect(again).toEqual({ ...first, duplicate: true })
      const both = await Promise.all([post('x', { clientId: 'c2' }), post('x', { clientId: 'c2' })])
      expect(both[0]?.id).toBe(both[1]?.id)
      expect((await workspace.messages.page(ann, { channelId })).messages).toHaveLength(2)
      expect(await asked()).toEqual(['novelist'])
      const other = await workspace.messages.post(bob, { channelId, content: 'mine', clientId: 'c1' })
      expect(other.duplicate).toBe(false)
    })

    it('refuses what is not a message and stores nothing', async () => {
      const invalid = { code: 'invalid_message', kind: 'invalid' }
      await expect(post('')).rejects.toMatchObject(invalid)
      await expect(post(' \n ')).rejects.toMatchObject(invalid)
      await expect(post('x', { clientId: '' })).rejects.toMatchObject(invalid)
      await expect(post('x', { clientId: 'x'.repeat(65) })).rejects.toMatchObject(invalid)
      await expect(post('x'.repeat(100_001))).rejects.toMatchObject({ code: 'message_too_long', kind: 'too_large' })
      await expect(post('x', { replyTo: 'msg_x' })).rejects.toMatchObject({ code: 'message_not_found' })
      const missing = post('x', { attachments: ['/uploads/2026-03/none-x.png'] })
      await expect(missing).rejects.toMatchObject({ code: 'attachment_not_found' })
      expect((await workspace.messages.page(ann, { channelId })).messages).toEqual([])
    })

    it('refuses channels that are foreign or not there', async () => {
      const eve = await workspace.person('Eve')
      const foreign = workspace.messages.post(eve, { channelId, content: 'hi' })
      await expect(foreign).rejects.toMatchObject({ code: 'not_a_member' })
      await expect(post('x', { channelId: 'ch_x' })).rejects.toMatchObject({ code: 'channel_not_found' })
    })

    it('slows a person down who sends too fast, and nobody else', async () => {
      workspace = await createWorkspace({ rate: { perSecond: 1, burst: 2 } })
      ann = await workspace.person('Ann')
      bob = await workspace.person('Bob')
      channelId = (await group({ userIds: [bob.userId] })).id
      await post('1')
      await post('2')
      await expect(post('3')).rejects.toMatchObject({ code: 'rate_limited', kind: 'rate_limited', retryAfter: 1 })
      await workspace.messages.post(bob, { channelId, content: 'mine' })
      workspace.clock.pass(1000)
      await post('3')
    })

    it('carries files, and says what it is when it is only files', async () => {
      const bytes = new Uint8Array([1, 2, 3])
      const image = await workspace.uploads.save(ann, { name: 'a.png', bytes, mime: 'image/png', extension: 'png' })
      const paper = await workspace.uploads.save(ann, {
        name: 'a.pdf',
        bytes,
        mime: 'application/pdf',
        extension: 'pdf',
      })
      const typeOf = async (content: string, fields: object) =>
        (await workspace.messages.get(ann, (await post(content, fields)).id)).type
      expect(await typeOf('', { attachments: [image.url] })).toBe('image')
      expect(await typeOf('', { attachments: [image.url, paper.url] })).toBe('file')
      expect(await typeOf('look', { attachments: [image.url] })).toBe('text')
      expect(await typeOf('look', { type: 'file', attachments: [image.url] })).toBe('file')
      const { id } = await post(image.url, { type: 'image' })
      const stored = await workspace.messages.get(ann, id)
      expect(stored).toMatchObject({ type: 'image', content: image.url, metadata: { attachments: [image] } })
    })
  })

  describe('who answers', () => {
    it.each([
      ['@小说家 写一首诗', ['novelist']],
      ['@code assistant and @Novelist', ['coder', 'novelist']],
      ['@all please', ['coder', 'novelist']],
      ['nobody in particular', []],
      ['@Sleeper wake up', []],
      ['mail a@coder.com', []],
    ])('%j → %j', async (text, expected) => {
      await post(text)
      expect(await asked()).toEqual(expected)
    })

    it('the leader, when nobody is mentioned', async () => {
      await workspace.channels.update(ann, channelId, { leaderAgentId: 'coder' })
      await post('hello?')
      expect(await asked()).toEqual(['coder'])
    })

    it('not the leader, when the text is for a person', async () => {
      await workspace.channels.update(ann, channelId, { leaderAgentId: 'coder' })
      await post('@Bob lunch?')
      expect(await asked()).toEqual([])
    })

    it('not a leader that sleeps', async () => {
      await workspace.channels.update(ann, channelId, { leaderAgentId: 'sleeper' })
      await post('hello?')
      expect(await asked()).toEqual([])
    })

    it('the agent of a direct chat, always', async () => {
      const dm = await workspace.channels.create(ann, { type: 'dm', agentIds: ['coder'] })
      await post('hello', { channelId: dm.id })
      await post('@Novelist hello', { channelId: dm.id })
      expect(await asked(dm.id)).toEqual(['coder', 'coder'])
      const people = await workspace.channels.create(ann, { type: 'dm', userIds: [bob.userId] })
      await post('@coder hello', { channelId: people.id })
      expect(await asked(people.id)).toEqual([])
    })

    it('the agent whose message is replied to', async () => {
      await workspace.channels.update(ann, channelId, { leaderAgentId: 'novelist' })
      await post('@coder hi')
      const [lease] = await workspace.turns.claim('worker', 1, 60_000)
      const head = lease && (await workspace.turns.begin(lease))
      await post('and then?', { replyTo: head?.messageId })
      await post('@Novelist, you?', { replyTo: head?.messageId })
      const waiting = (await workspace.store.jobs.pending(`channel:${channelId}`)).filter(
        (job) => job.status === 'queued',
      )
      expect(waiting.map((job) => answerJobOf(job).agentId)).toEqual(['coder', 'novelist'])
    })

    it('tells who was mentioned in the metadata', async () => {
      const { id } = await post('@Bob @Novelist @all')
      expect((await workspace.messages.get(ann, id)).metadata.mentions).toEqual([bob.userId, 'novelist', 'all'])
    })

    it('rings the waiting line and the workers', async () => {
      const bells = [workspace.bellsOf(`answers:${channelId}`), workspace.bellsOf('jobs:answer')]
      await post('@all hello')
      expect(bells.map((bell) => bell.count)).toEqual([1, 1])
      await post('nothing')
      expect(bells.map((bell) => bell.count)).toEqual([1, 1])
    })
  })

  it('refuses to ask when a hundred answers wait in the channel, and stores nothing; talk goes on', async () => {
    for (let i = 0; i < 50; i++) await post('@novelist @Code assistant go')
    expect(await asked()).toHaveLength(100)
    const { seq } = await post('nobody asked')
    await expect(post('@novelist once more')).rejects.toMatchObject({ code: 'answers_waiting', retryAfter: 5 })
    expect((await workspace.messages.read(channelId, seq)).events).toEqual([])
    expect((await post('still here')).seq).toBe(seq + 1)
  })

  describe('edit', () => {
    it('changes one’s own text and says so', async () => {
      const { id } = await post('helo')
      const bell = workspace.bellsOf(`channel:${channelId}`)
      const edited = await workspace.messages.edit(ann, id, '@Bob hello')
      expect(edited).toMatchObject({ content: '@Bob hello', revision: 1, seq: 1 })
      expect(edited.metadata).toMatchObject({ mentions: [bob.userId], editedAt: '2026-03-24T10:00:00.000Z' })
      expect(await workspace.messages.get(ann, id)).toEqual(edited)
      expect(bell).toEqual({ count: 1, last: 2 })
      expect((await workspace.channels.get(bob, channelId)).unreadMentions).toBe(1)
      expect(await asked()).toEqual([])
    })

    it('writes nothing when nothing changed', async () => {
      const { id } = await post('same')
      const bell = workspace.bellsOf(`channel:${channelId}`)
      expect((await workspace.messages.edit(ann, id, 'same')).revision).toBe(0)
      expect(bell.count).toBe(0)
    })

    it('refuses other people’s, deleted, unknown and empty ones', async () => {
      const { id } = await post('mine')
      const { messages, owner } = workspace
      await expect(messages.edit(bob, id, 'x')).rejects.toMatchObject({ code: 'not_your_message' })
      await expect(messages.edit(owner, id, 'x')).rejects.toMatchObject({ code: 'message_not_found' })
      await expect(messages.edit(ann, id, ' ')).rejects.toMatchObject({ code: 'invalid_message' })
      await expect(messages.edit(ann, 'msg_x', 'x')).rejects.toMatchObject({ code: 'message_not_found' })
      await messages.remove(ann, id)
      await expect(messages.edit(ann, id, 'x')).rejects.toMatchObject({ code: 'message_not_found' })
    })

    it('keeps both of two changes at the same time in the count', async () => {
      const { id } = await post('one')
      await Promise.all([workspace.messages.edit(ann, id, 'two'), workspace.messages.edit(ann, id, 'three')])
      expect((await workspace.messages.get(ann, id)).revision).toBe(2)
    })
  })

  describe('remove', () => {
    it('leaves a tombstone', async () => {
      const { id } = await post('secret')
      await workspace.messages.remove(ann, id)
      const stone = await workspace.messages.get(bob, id)
      expect(stone).toMatchObject({ content: '', metadata: { deletedAt: '2026-03-24T10:00:00.000Z' } })
      await expect(workspace.messages.remove(ann, id)).rejects.toMatchObject({ code: 'message_not_found' })
    })

    it('is for the author and those who run the channel', async () => {
      const { id } = await post('mine')
      await expect(workspace.messages.remove(bob, id)).rejects.toMatchObject({ code: 'not_your_message' })
      const theirs = await workspace.messages.post(bob, { channelId, content: 'spam' })
      await workspace.messages.remove(ann, theirs.id)
      const dm = await workspace.channels.create(ann, { type: 'dm', userIds: [bob.userId] })
      const said = await workspace.messages.post(bob, { channelId: dm.id, content: 'said' })
      await expect(workspace.messages.remove(ann, said.id)).rejects.toMatchObject({ code: 'not_your_message' })
    })
  })

  describe('page', () => {
    const ids = async (count: number) => {
      const posted: string[] = []
      for (let i = 0; i < count; i++) posted.push((await post(`m${i}`)).id)
      return posted
    }

    it('pages backwards through everything without loss, in ascending order', async () => {
      const all = await ids(25)
      await workspace.messages.edit(ann, all[3] as string, 'edited')
      const seen: string[] = []
      let before: string | undefined
      for (;;) {
        const page = await workspace.messages.page(ann, { channelId, limit: 10, before })
        seen.unshift(...page.messages.map((message) => message.id))
        expect(page.hasNewer).toBe(before !== undefined)
        expect(page.lastSeq).toBe(26)
        if (!page.hasMore) break
        before = seen[0]
      }
      expect(seen).toEqual(all)
    })

    it('pages forwards and around', async () => {
      const all = await ids(20)
      const after = await workspace.messages.page(ann, { channelId, limit: 5, after: all[4] })
      expect(after.messages.map((message) => message.id)).toEqual(all.slice(5, 10))
      expect(after).toMatchObject({ hasMore: true, hasNewer: true })
      const around = await workspace.messages.page(ann, { channelId, limit: 5, around: all[10] })
      expect(around.messages.map((message) => message.id)).toEqual(all.slice(8, 13))
      const edge = await workspace.messages.page(ann, { channelId, limit: 5, around: all[0] })
      expect(edge.messages.map((message) => message.id)).toEqual(all.slice(0, 5))
      expect(edge).toMatchObject({ hasMore: false, hasNewer: true })
    })

    it('around any message holds it and its neighbours in one piece', async () => {
      const all = await ids(12)
      await fc.assert(
        fc.asyncProperty(fc.nat(11), fc.integer({ min: 1, max: 15 }), async (index, limit) => {
          const page = await workspace.messages.page(ann, { channelId, limit, around: all[index] })
          const found = page.messages.map((message) => message.id)
          const start = all.indexOf(found[0] as string)
          expect(found).toContain(all[index])
          expect(found.length).toBeLessThanOrEqual(limit)
          expect(found).toEqual(all.slice(start, start + found.length))
          expect(page.hasMore).toBe(start > 0)
          expect(page.hasNewer).toBe(start + found.length < all.length)
        }),
        { numRuns: 60 },
      )
    })

    it('refuses ids that are unknown, of another channel or of a change, and two anchors', async () => {
      const [first] = await ids(2)
      const other = await group({ userIds: [bob.userId] })
      const foreign = await workspace.messages.post(ann, { channelId: other.id, content: 'there' })
      await workspace.messages.edit(ann, first as string, 'edited')
      const [, , change] = await workspace.store.log.read(`channel:${channelId}`, 0, 10)
      const missing = { code: 'message_not_found', kind: 'not_found' }
      for (const id of ['msg_x', foreign.id, change?.id as string, '']) {
        await expect(workspace.messages.page(ann, { channelId, before: id })).rejects.toMatchObject(missing)
        await expect(workspace.messages.page(ann, { channelId, after: id })).rejects.toMatchObject(missing)
        await expect(workspace.messages.page(ann, { channelId, around: id })).rejects.toMatchObject(missing)
      }
      const two = workspace.messages.page(ann, { channelId, before: first, after: first })
      await expect(two).rejects.toMatchObject({ code: 'invalid_page' })
      for (const limit of [0, 101, 1.5]) {
        await expect(workspace.messages.page(ann, { channelId, limit })).rejects.toMatchObject({ code: 'invalid_page' })
      }
      const eve = await workspace.person('Eve')
      await expect(workspace.messages.page(eve, { channelId })).rejects.toMatchObject({ code: 'not_a_member' })
    })
  })

  describe('read', () => {
    it('tells what happened after a position, each message once as it is now', async () => {
      const { id } = await post('one')
      await post('two')
      await workspace.messages.edit(ann, id, 'one!')
      await workspace.messages.edit(ann, id, 'one!!')
      const all = await workspace.messages.read(channelId, 0)
      expect(all.events.map((event) => [event.kind, event.seq, event.message.content])).toEqual([
        ['message', 1, 'one!!'],
        ['message', 2, 'two'],
      ])
      expect(all).toMatchObject({ next: 4, more: false })
      const later = await workspace.messages.read(channelId, 2)
      expect(later.events.map((event) => [event.kind, event.seq, event.message.content])).toEqual([
        ['message_updated', 4, 'one!!'],
      ])
      expect(await workspace.messages.read(channelId, 4)).toEqual({ events: [], next: 4, more: false })
    })

    it('in pieces ends where reading at once ends', async () => {
      const posted: string[] = []
      for (let i = 0; i < 6; i++) posted.push((await post(`m${i}`)).id)
      for (const id of posted) await workspace.messages.edit(ann, id, `e ${id}`)
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 13 }), async (limit) => {
          const state = new Map<string, string>()
          let position = 0
          for (;;) {
            const { events, next, more } = await workspace.messages.read(channelId, position, limit)
            for (const event of events) state.set(event.message.id, event.message.content)
            position = next
            if (!more) break
          }
          expect(position).toBe(12)
          expect([...state]).toEqual(posted.map((id) => [id, `e ${id}`]))
        }),
      )
    })

    it('tells of a deleted channel that the position is gone', async () => {
      await post('one')
      await workspace.channels.delete(ann, channelId)
      await expect(workspace.messages.read(channelId, 0)).rejects.toMatchObject({ code: 'log_below_floor' })
    })
  })
})
