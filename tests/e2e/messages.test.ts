import { randomUUID } from 'node:crypto'
import { deleteMessage, editMessage, postMessage } from '@parley/protocol/workspace'
import { bootParley } from '@parley/testkit'
import { describe, expect, test } from 'vitest'
import { useParley } from './use-parley.ts'

const parley = useParley()

describe('WS-1.2#4 posting', () => {
  test('WS-1.2#4 answers id and ok; the message has every documented field', async () => {
    const group = await parley().owner.group()
    const raw = await parley().owner.request('POST', '/api/messages', {
      body: { channelId: group.id, content: 'Hello, 世界 👋🏽', type: 'text' },
    })
    expect(raw.status).toBe(200)
    expect(raw.json).toEqual({ id: expect.stringMatching(/^msg_/), ok: true, seq: expect.any(Number) })
    const { id, seq } = raw.json as { id: string; seq: number }
    const [message] = (await parley().owner.page(group.id)).messages
    expect(message).toEqual({
      id,
      seq,
      channelId: group.id,
      agentId: null,
      userId: (await parley().owner.me()).id,
      content: 'Hello, 世界 👋🏽',
      type: 'text',
      metadata: expect.any(Object),
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/),
    })
    expect(Math.abs(Date.parse(message?.createdAt ?? '') - Date.now())).toBeLessThan(60_000)
  })

  test.each([
    ['no channelId', { content: 'x' }],
    ['no content', { channelId: 'ch_x' }],
    ['content that is no text', { channelId: 'ch_x', content: 7 }],
    ['an unknown type', { channelId: 'ch_x', content: 'x', type: 'tool_call' }],
  ])('WS-1.3 %s answers 400', async (_, body) => {
    const reply = await parley().owner.request('POST', '/api/messages', { body })
    expect(reply.status).toBe(400)
    expect(reply.json).toMatchObject({ error: expect.any(String) })
  })

  test('WS-1.3 content beyond the limit is refused as too large or invalid, and nothing is stored', async () => {
    const group = await parley().owner.group()
    const reply = await parley().owner.request('POST', '/api/messages', {
      body: { channelId: group.id, content: 'x'.repeat(100_001) },
    })
    expect([400, 413]).toContain(reply.status)
    expect((await parley().owner.page(group.id)).messages).toEqual([])
  })

  test('WS-1.3 an empty or blank message without attachments answers 400 and stores nothing', async () => {
    const group = await parley().owner.group()
    for (const content of ['', '   ', '\n\t']) {
      const reply = await parley().owner.request('POST', '/api/messages', { body: { channelId: group.id, content } })
      expect(reply.status).toBe(400)
    }
    expect((await parley().owner.page(group.id)).messages).toEqual([])
  })

  test('WS-1.2#4 the longest content and control characters come back as they went in', async () => {
    const group = await parley().owner.group()
    const texts = ['x'.repeat(100_000), 'a\u0000b\u0007c', '\u202Ereversed\u202C', 'line\r\nline\u2028sep', '"\\<>&']
    for (const text of texts) await parley().owner.say(group.id, text)
    expect((await parley().owner.page(group.id)).messages.map((message) => message.content)).toEqual(texts)
  })

  test('LOG-2 a repeated clientId returns the first message and stores nothing', async () => {
    const group = await parley().owner.group()
    const clientId = randomUUID()
    const body = { channelId: group.id, content: 'once', clientId }
    const replies = await Promise.all(Array.from({ length: 8 }, () => parley().owner.call(postMessage, { body })))
    expect(new Set(replies.map((reply) => `${reply.id} ${reply.seq}`)).size).toBe(1)
    const { messages } = await parley().owner.page(group.id)
    expect(messages).toHaveLength(1)
    expect(messages[0]?.metadata.clientId).toBe(clientId)
  })

  test('LOG-2 two people may use the same clientId', async () => {
    const { client, user } = await parley().cast.person()
    const group = await parley().owner.group({ userIds: [user.id] })
    const a = await parley().owner.say(group.id, 'a', { clientId: 'same' })
    const b = await client.say(group.id, 'b', { clientId: 'same' })
    expect(b.id).not.toBe(a.id)
  })

  test('WS-1.3 posting to a foreign or unknown channel is refused', async () => {
    const { client } = await parley().cast.person()
    const group = await parley().owner.group()
    expect([403, 404]).toContain(
      (await client.request('POST', '/api/messages', { body: { channelId: group.id, content: 'x' } })).status,
    )
    expect(
      (await client.request('POST', '/api/messages', { body: { channelId: 'ch_none', content: 'x' } })).status,
    ).toBe(404)
    expect((await parley().owner.page(group.id)).messages).toEqual([])
  })

  test('WS-1.3 sending too fast answers 429 with Retry-After and recovers; nothing acknowledged is lost', async () => {
    await using slow = await bootParley({ env: { PARLEY_MESSAGE_RATE: '2/3' }, model: false })
    const group = await slow.owner.group()
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        slow.owner.attempt(postMessage, { body: { channelId: group.id, content: `${i}` } }),
      ),
    )
    const limited = replies.filter((reply) => reply.status === 429)
    expect(limited.length).toBeGreaterThanOrEqual(6)
    expect(replies.filter((reply) => reply.status === 200).length + limited.length).toBe(10)
    for (const reply of limited) {
      expect(Number(reply.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
      expect(reply.json).toMatchObject({ error: expect.any(String) })
    }
    const wait = Number(limited[0]?.headers.get('retry-after'))
    await new Promise((resolve) => setTimeout(resolve, wait * 1_000))
    await slow.owner.say(group.id, 'after waiting')
    expect((await slow.owner.history(group.id)).length).toBe(11 - limited.length)
    const other = await slow.cast.person('Unhurt')
    expect((await other.client.request('GET', '/api/me')).status).toBe(200)
  })
})

describe('replying', () => {
  test('WS-4#37 a reply names its message; one of another channel or an unknown one is refused', async () => {
    const group = await parley().owner.group()
    const elsewhere = await parley().owner.group()
    const { id } = await parley().owner.say(group.id, 'question')
    await parley().owner.say(group.id, 'answer', { replyTo: id })
    expect((await parley().owner.page(group.id)).messages[1]?.metadata.replyTo).toBe(id)
    for (const [channelId, replyTo] of [
      [elsewhere.id, id],
      [group.id, 'msg_none'],
    ] as const) {
      const reply = await parley().owner.request('POST', '/api/messages', {
        body: { channelId, content: 'x', replyTo },
      })
      expect([400, 404]).toContain(reply.status)
    }
  })
})

describe('edit', () => {
  test('WS-4#37 an edit replaces the text, keeps id, place and author, and says when', async () => {
    const group = await parley().owner.group()
    const { id, seq } = await parley().owner.say(group.id, 'tpyo')
    await parley().owner.say(group.id, 'later')
    const socket = await parley().owner.listen(group.id)
    const reply = await parley().owner.call(editMessage, { params: { id }, body: { content: 'typo' } })
    expect(reply.message).toMatchObject({
      id,
      seq,
      content: 'typo',
      metadata: { editedAt: expect.stringMatching(/Z$/) },
    })
    const { messages } = await parley().owner.page(group.id)
    expect(messages.map((message) => message.content)).toEqual(['typo', 'later'])
    const frame = await socket.next('message_updated', (each) => each.data.message.id === id)
    expect(frame.data.message).toEqual(reply.message)
    expect(frame.data.seq).toBeGreaterThan(seq)
    await socket.close()
  })

  test('WS-1.3 only the author edits: others 403, outsiders learn nothing, agents’ answers are not editable', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Answerer'))
    const { client, user } = await parley().cast.person()
    const outsider = await parley().cast.person()
    const group = await parley().owner.group({ userIds: [user.id], agentIds: [agent.id] })
    const { id } = await parley().owner.say(group.id, 'mine')
    const edit = (who: typeof client, target: string): Promise<{ status: number }> =>
      who.attempt(editMessage, { params: { id: target }, body: { content: 'hijacked' } })
    expect((await edit(client, id)).status).toBe(403)
    expect([403, 404]).toContain((await edit(outsider.client, id)).status)
    const socket = await parley().owner.listen(group.id)
    const asked = await parley().owner.say(group.id, `@${agent.name} hi`)
    const [answer] = await socket.answersTo(asked.id)
    expect((await edit(parley().owner, answer?.id ?? '')).status).toBe(403)
    await socket.close()
  })

  test('WS-1.3 an empty edit answers 400, an edit of a deleted message 404', async () => {
    const group = await parley().owner.group()
    const { id } = await parley().owner.say(group.id, 'here')
    expect((await parley().owner.request('PUT', `/api/messages/${id}`, { body: { content: '' } })).status).toBe(400)
    await parley().owner.call(deleteMessage, { params: { id } })
    const reply = await parley().owner.request('PUT', `/api/messages/${id}`, { body: { content: 'back' } })
    expect([404, 409]).toContain(reply.status)
    expect((await parley().owner.page(group.id)).messages[0]?.content).toBe('')
  })
})

describe('delete', () => {
  test('WS-4#37 a deletion empties the message and leaves a tombstone in place', async () => {
    const group = await parley().owner.group()
    const { id } = await parley().owner.say(group.id, 'SECRET-TEXT')
    await parley().owner.say(group.id, 'after')
    const socket = await parley().owner.listen(group.id)
    expect(await parley().owner.call(deleteMessage, { params: { id } })).toEqual({ ok: true })
    const page = await parley().owner.request('GET', `/api/messages?channelId=${group.id}`)
    expect(page.text).not.toContain('SECRET-TEXT')
    const { messages } = await parley().owner.page(group.id)
    expect(messages[0]).toMatchObject({ id, content: '', metadata: { deletedAt: expect.any(String) } })
    await socket.next('message_updated', (each) => each.data.message.id === id && each.data.message.content === '')
    expect([200, 404]).toContain((await parley().owner.attempt(deleteMessage, { params: { id } })).status)
    await socket.close()
  })

  test('WS-1.3 a member deletes only their own; an admin any', async () => {
    const member = await parley().cast.person('Member')
    const admin = await parley().cast.person('Admin', 'admin')
    const group = await parley().owner.group({ userIds: [member.user.id, admin.user.id] })
    const { id } = await parley().owner.say(group.id, 'the owner’s')
    expect((await member.client.attempt(deleteMessage, { params: { id } })).status).toBe(403)
    expect((await admin.client.attempt(deleteMessage, { params: { id } })).status).toBe(200)
  })

  test('WS-4#35 the list’s last message does not show deleted text', async () => {
    const group = await parley().owner.group()
    const { id } = await parley().owner.say(group.id, 'SECRET-LAST')
    await parley().owner.call(deleteMessage, { params: { id } })
    expect(JSON.stringify(await parley().owner.channels())).not.toContain('SECRET-LAST')
  })
})
