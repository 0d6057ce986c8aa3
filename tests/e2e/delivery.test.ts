import { addMembers, deleteUser, removeMember, updateUser } from '@parley/protocol/workspace'
import { describe, expect, test } from 'vitest'
import { useParley } from './use-parley.ts'

const parley = useParley()

describe('WS-11.1#1 delivery', () => {
  test('WS-1.4 every subscriber of the channel gets the message, the sender too, each exactly once', async () => {
    const { client, user } = await parley().cast.person()
    const group = await parley().owner.group({ userIds: [user.id] })
    const sockets = [
      await parley().owner.listen(group.id),
      await parley().owner.listen(group.id),
      await client.listen(group.id),
    ]
    const { id } = await client.say(group.id, 'to all')
    for (const socket of sockets) {
      const frame = await socket.next('message', (each) => each.data.id === id)
      expect(frame.data).toMatchObject({
        id,
        channelId: group.id,
        agentId: null,
        userId: user.id,
        content: 'to all',
        type: 'text',
      })
      expect(frame.data).toEqual((await parley().owner.page(group.id)).messages[0])
      expect(socket.journal.timesSeen(id)).toBe(1)
      await socket.close()
    }
  })

  test('WS-11.1#1 a channel is heard by its subscribers only', async () => {
    const a = await parley().cast.person('Alice')
    const b = await parley().cast.person('Bob')
    const secret = await a.client.group()
    const shared = await a.client.group({ userIds: [b.user.id] })
    const inSecret = await a.client.listen(secret.id)
    const inShared = await b.client.listen(shared.id)
    const nowhere = await b.client.listen()
    const { id } = await a.client.say(secret.id, 'SECRET')
    const heard = await a.client.say(shared.id, 'shared')
    await inSecret.next('message', (frame) => frame.data.id === id)
    await inShared.next('message', (frame) => frame.data.id === heard.id)
    nowhere.send({ type: 'ping' })
    await nowhere.next('pong')
    expect(JSON.stringify([inShared.frames, nowhere.frames])).not.toContain('SECRET')
    expect(JSON.stringify(nowhere.frames)).not.toContain('shared')
    for (const socket of [inSecret, inShared, nowhere]) await socket.close()
  })

  test('WS-11.1#1 a removed member hears nothing from that moment, and cannot read what follows', async () => {
    const { client, user } = await parley().cast.person('Removed')
    const group = await parley().owner.group({ userIds: [user.id] })
    const socket = await client.listen(group.id)
    const before = await parley().owner.say(group.id, 'before')
    await socket.next('message', (frame) => frame.data.id === before.id)
    await parley().owner.call(removeMember, { params: { id: group.id, memberId: user.id } })
    const own = await parley().owner.listen(group.id)
    const after = await parley().owner.say(group.id, 'AFTERWARDS')
    await own.next('message', (frame) => frame.data.id === after.id)
    socket.send({ type: 'ping' })
    await socket.next('pong')
    expect(JSON.stringify(socket.frames)).not.toContain('AFTERWARDS')
    socket.send({ type: 'subscribe', channelId: group.id, after: 0 })
    const refused = await socket.next('error', (frame) => frame.channelId === group.id)
    expect([403, 404]).toContain(refused.code)
    await parley().owner.call(addMembers, { params: { id: group.id }, body: { userId: user.id } })
    expect(await socket.subscribe(group.id)).toBeGreaterThan(0)
    await own.close()
    await socket.close()
  })

  test('WS-11.1#1 a removed person’s sockets are closed', async () => {
    const { client, user } = await parley().cast.person('Gone')
    const socket = await client.listen()
    await parley().owner.call(deleteUser, { params: { id: user.id } })
    expect((await socket.gone()).code).toBe(4403)
  })

  test('WS-1.3 a role that sinks to guest counts at once, on open sockets too', async () => {
    const { client, user } = await parley().cast.person('Demoted')
    const group = await parley().owner.group({ userIds: [user.id] })
    const socket = await client.listen(group.id)
    await parley().owner.call(updateUser, { params: { id: user.id }, body: { role: 'guest' } })
    socket.send({ type: 'send', channelId: group.id, content: 'still?', messageType: 'text', ref: 'r' })
    expect(await socket.next('error', (frame) => frame.ref === 'r')).toMatchObject({ code: 403 })
    expect(
      (await client.request('POST', '/api/messages', { body: { channelId: group.id, content: 'x' } })).status,
    ).toBe(403)
    await socket.close()
  })

  test('WS-11.1#2 the author of a message is the session’s person, whatever the body claims', async () => {
    const { client, user } = await parley().cast.person('Honest')
    const group = await parley().owner.group({ userIds: [user.id] })
    const owner = await parley().owner.me()
    await client.request('POST', '/api/messages', {
      body: {
        channelId: group.id,
        content: 'x',
        userId: owner.id,
        agentId: 'novelist',
        createdAt: '2000-01-01T00:00:00Z',
      },
    })
    const [message] = (await client.page(group.id)).messages
    expect(message).toMatchObject({ userId: user.id, agentId: null })
    expect(message?.createdAt).not.toMatch(/^2000/)
  })

  test('LOG-4 a frame never comes before the message can be read', async () => {
    const group = await parley().owner.group()
    const socket = await parley().owner.listen(group.id)
    for (let i = 0; i < 30; i++) {
      const since = socket.frames.length
      socket.send({ type: 'send', channelId: group.id, content: `${i}`, messageType: 'text', ref: `${i}` })
      const frame = await socket.next('message', (each) => each.data.content === `${i}`, { since })
      expect((await parley().owner.page(group.id, { limit: 1 })).messages[0]?.id).toBe(frame.data.id)
    }
    await socket.close()
  })
})

describe('WS-11.1#4 hostile text is data', () => {
  const payloads = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '[x](javascript:alert(1))',
    '```mermaid\ngraph TD; A["<img src=x onerror=alert(1)>"]\n```',
    '</script><script>alert(1)</script>',
    '{{constructor.constructor("alert(1)")()}}',
    "'; DROP TABLE messages; --",
    '%00%2e%2e%2f',
  ]

  test('WS-11.1#4 stored text comes back unchanged, as JSON, with nosniff', async () => {
    const group = await parley().owner.group()
    for (const payload of payloads) await parley().owner.say(group.id, payload)
    const reply = await parley().owner.request('GET', `/api/messages?channelId=${group.id}`)
    expect(reply.headers.get('content-type')).toMatch(/^application\/json/)
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff')
    const { messages } = reply.json as { messages: { content: string }[] }
    expect(messages.map((message) => message.content)).toEqual(payloads)
  })

  test('WS-11.1#4 hostile names of channels, people and agents are stored as text or refused, never executed', async () => {
    for (const name of payloads) {
      const reply = await parley().owner.request('POST', '/api/channels', { body: { type: 'group', name } })
      expect([200, 400]).toContain(reply.status)
      if (reply.status === 200) expect((reply.json as { channel: { name: string } }).channel.name).toBe(name)
    }
  })

  test('WS-11.1#4 an error never reflects markup as HTML', async () => {
    const reply = await parley().owner.request('GET', '/api/%3Cscript%3Ealert(1)%3C%2Fscript%3E')
    expect(reply.status).toBe(404)
    expect(reply.headers.get('content-type')).toMatch(/^application\/json/)
  })
})
