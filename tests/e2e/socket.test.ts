import { WorkspaceSocket } from '@parley/testkit'
import { describe, expect, test } from 'vitest'
import { useParley } from './use-parley.ts'

const parley = useParley()

const bare = (options: { origin?: string; cookie?: string } = {}): Promise<WorkspaceSocket> =>
  WorkspaceSocket.open({ baseUrl: parley().baseUrl, ...options })

describe('WS-1.4 authentication of a socket', () => {
  test('WS-1.4 the cookie of the upgrade is enough; auth is answered with the user id', async () => {
    const socket = await parley().owner.socket()
    socket.send({ type: 'auth' })
    const frame = await socket.next('auth_ok')
    expect(frame).toEqual({ type: 'auth_ok', userId: (await parley().owner.me()).id })
    await socket.close()
  })

  test('WS-1.4 with the cookie, auth with any token is answered auth_ok for the cookie’s person', async () => {
    const socket = await parley().owner.socket()
    expect(await socket.auth('whatever')).toBe((await parley().owner.me()).id)
    await socket.close()
  })

  test('WS-1.4 without a cookie the token of the auth frame counts', async () => {
    const socket = await bare()
    expect(await socket.auth(parley().owner.token)).toBe((await parley().owner.me()).id)
    await socket.close()
  })

  test.each(['wrong', '', '0'.repeat(64)])(
    'WS-1.4 a wrong token %j gets one error 401 and close 4401',
    async (token) => {
      const socket = await bare()
      socket.send({ type: 'auth', token })
      expect((await socket.gone()).code).toBe(4401)
      expect(socket.frames).toEqual([{ type: 'error', code: 401, error: expect.any(String) }])
    },
  )

  test('WS-1.4 no frame but auth is served before authentication', async () => {
    const group = await parley().owner.group()
    await parley().owner.say(group.id, 'SECRET')
    const socket = await bare()
    socket.send({ type: 'subscribe', channelId: group.id, after: 0 })
    socket.send({ type: 'send', channelId: group.id, content: 'x', messageType: 'text', ref: 'r' })
    await parley().owner.say(group.id, 'SECRET TOO')
    await socket.waitFor((frame) => frame.type === 'error').catch(() => {})
    expect(JSON.stringify(socket.frames)).not.toContain('SECRET')
    expect(socket.frames.filter((frame) => frame.type !== 'error')).toEqual([])
    expect((await parley().owner.history(group.id)).map((message) => message.content)).toEqual(['SECRET', 'SECRET TOO'])
    socket.terminate()
  })

  test('WS-1.4 an unauthenticated socket is closed with 4401 after about ten seconds and hears nothing', async () => {
    const socket = await bare()
    const { code } = await socket.gone(15_000)
    expect(code).toBe(4401)
    expect(socket.frames.filter((frame) => frame.type !== 'error')).toEqual([])
  })

  test('WS-11.1#11 an upgrade from another origin is refused, with or without the cookie', async () => {
    const cookie = `session=${parley().owner.token}`
    for (const origin of ['https://evil.example', 'http://127.0.0.1:1', 'http://localhost.evil.example', 'null']) {
      await expect(bare({ origin, cookie }), origin).rejects.toMatchObject({ name: 'UpgradeRefused', status: 403 })
      await expect(bare({ origin }), origin).rejects.toMatchObject({ status: 403 })
    }
    const own = await bare({ origin: parley().baseUrl, cookie })
    await own.auth()
    await own.close()
  })

  test('WS-1.4 only /ws upgrades', async () => {
    const { status } = await parley().owner.request('GET', '/ws')
    expect([400, 404, 426]).toContain(status)
    await expect(WorkspaceSocket.open({ baseUrl: `${parley().baseUrl}/api` })).rejects.toThrow()
  })
})

describe('WS-1.4 small frames', () => {
  test('WS-1.4 ping is answered exactly {"type":"pong"}', async () => {
    const socket = await parley().owner.listen()
    socket.send({ type: 'ping' })
    expect(await socket.next('pong')).toEqual({ type: 'pong' })
    await socket.close()
  })

  test('WS-1.4 subscribe is confirmed with the head, unsubscribe is confirmed and obeyed', async () => {
    const group = await parley().owner.group()
    const { seq } = await parley().owner.say(group.id, 'first')
    const socket = await parley().owner.listen()
    expect(await socket.subscribe(group.id)).toBe(seq)
    expect(socket.frames.at(-1)).toMatchObject({ type: 'subscribed', channelId: group.id, lastSeq: seq })
    const heard = await parley().owner.say(group.id, 'heard')
    await socket.next('message', (frame) => frame.data.id === heard.id)
    socket.send({ type: 'unsubscribe', channelId: group.id })
    expect(await socket.next('unsubscribed')).toEqual({ type: 'unsubscribed', channelId: group.id })
    await parley().owner.say(group.id, 'not heard')
    socket.send({ type: 'ping' })
    await socket.next('pong')
    expect(socket.journal.arrivals(group.id).map((message) => message.content)).toEqual(['heard'])
    await socket.close()
  })

  test('WS-1.4 subscribing twice delivers once', async () => {
    const group = await parley().owner.group()
    const socket = await parley().owner.listen(group.id, group.id)
    const { id } = await parley().owner.say(group.id, 'x')
    await socket.next('message', (frame) => frame.data.id === id)
    socket.send({ type: 'ping' })
    await socket.next('pong')
    expect(socket.journal.timesSeen(id)).toBe(1)
    await socket.close()
  })

  test('WS-1.4 subscribing to an unknown or foreign channel gets an error frame naming it', async () => {
    const { client } = await parley().cast.person()
    const group = await parley().owner.group()
    const socket = await client.listen()
    for (const channelId of ['ch_none', group.id]) {
      socket.send({ type: 'subscribe', channelId })
      const frame = await socket.next('error', (each) => each.channelId === channelId)
      expect([403, 404]).toContain(frame.code)
    }
    await parley().owner.say(group.id, 'not for you')
    socket.send({ type: 'ping' })
    await socket.next('pong')
    expect(JSON.stringify(socket.frames)).not.toContain('not for you')
    await socket.close()
  })

  test.each([
    ['no JSON', 'hello'],
    ['a JSON text', '"auth"'],
    ['an array', '[]'],
    ['null', 'null'],
    ['no type', '{}'],
    ['an unknown type', '{"type":"join"}'],
    ['a field of the wrong type', '{"type":"subscribe","channelId":7}'],
    ['a negative cursor', '{"type":"subscribe","channelId":"x","after":-1}'],
    ['deep nesting', `{"type":"ping","x":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
  ])('WS-1.4 %s is answered error 400 and the socket lives on', async (_, text) => {
    const socket = await parley().owner.listen()
    socket.sendRaw(text)
    const frame = await socket.next('error')
    expect(frame).toMatchObject({ code: 400, error: expect.any(String) })
    socket.send({ type: 'ping' })
    await socket.next('pong')
    await socket.close()
  })

  test('WS-1.4 binary and oversized frames do not hurt the server', async () => {
    const binary = await parley().owner.listen()
    binary.sendRaw(new Uint8Array([0, 255, 1, 2]))
    await binary.waitFor((frame) => frame.type === 'error').catch(() => {})
    binary.terminate()
    const huge = await parley().owner.listen()
    huge.sendRaw(JSON.stringify({ type: 'ping', pad: 'x'.repeat(20_000_000) }))
    expect([1009, 1006]).toContain((await huge.gone()).code)
    expect((await parley().owner.request('GET', '/api/me')).status).toBe(200)
  })

  test('WS-1.4 a flood of bad frames closes that socket only', async () => {
    const flood = await parley().owner.listen()
    const calm = await parley().owner.listen()
    for (let i = 0; i < 5_000 && flood.closed === undefined; i++) {
      flood.sendRaw('nonsense')
      if (i % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    expect([4408, 1008]).toContain((await flood.gone()).code)
    calm.send({ type: 'ping' })
    await calm.next('pong')
    await calm.close()
  })
})

describe('WS-1.4 send', () => {
  test('WS-1.4 send stores, answers `sent` with the same ref, and is delivered once', async () => {
    const group = await parley().owner.group()
    const socket = await parley().owner.listen(group.id)
    socket.send({ type: 'send', channelId: group.id, content: 'by socket', messageType: 'text', ref: 'r1' })
    const sent = await socket.next('sent')
    expect(sent).toEqual({ type: 'sent', ref: 'r1', id: expect.stringMatching(/^msg_/), seq: expect.any(Number) })
    const frame = await socket.next('message', (each) => each.data.id === sent.id)
    expect(frame.data).toMatchObject({ content: 'by socket', seq: sent.seq, agentId: null })
    expect((await parley().owner.page(group.id)).messages[0]).toEqual(frame.data)
    await socket.close()
  })

  test('LOG-2 send with a repeated clientId is answered with the first id and stored once', async () => {
    const group = await parley().owner.group()
    const socket = await parley().owner.listen(group.id)
    for (const ref of ['a', 'b', 'c']) {
      socket.send({ type: 'send', channelId: group.id, content: 'once', messageType: 'text', clientId: 'c1', ref })
    }
    const ids = await Promise.all(
      ['a', 'b', 'c'].map(async (ref) => (await socket.next('sent', (f) => f.ref === ref)).id),
    )
    expect(new Set(ids).size).toBe(1)
    expect((await parley().owner.page(group.id)).messages).toHaveLength(1)
    await socket.close()
  })

  test('WS-1.4 a refused send is answered by an error frame with its ref', async () => {
    const socket = await parley().owner.listen()
    const base = { type: 'send', content: 'x', messageType: 'text' } as const
    socket.send({ ...base, channelId: 'ch_none', ref: 'unknown' })
    expect(await socket.next('error', (frame) => frame.ref === 'unknown')).toMatchObject({ code: 404 })
    const group = await parley().owner.group()
    socket.send({ ...base, channelId: group.id, content: '  ', ref: 'blank' })
    expect(await socket.next('error', (frame) => frame.ref === 'blank')).toMatchObject({ code: 400 })
    await socket.close()
    const guest = await parley().cast.person('Guest', 'guest')
    const guestGroup = await parley().owner.group({ userIds: [guest.user.id] })
    const guestSocket = await guest.client.listen(guestGroup.id)
    guestSocket.send({ ...base, channelId: guestGroup.id, ref: 'guest' })
    expect(await guestSocket.next('error', (frame) => frame.ref === 'guest')).toMatchObject({ code: 403 })
    await guestSocket.close()
  })

  test('WS-1.4 frames of one socket are stored in the order they were sent', async () => {
    const group = await parley().owner.group()
    const socket = await parley().owner.listen(group.id)
    const texts = Array.from({ length: 300 }, (_, i) => `${i}`)
    for (const content of texts) {
      socket.send({ type: 'send', channelId: group.id, content, messageType: 'text', ref: content })
    }
    await socket.next('sent', (frame) => frame.ref === '299')
    expect((await parley().owner.history(group.id)).map((message) => message.content)).toEqual(texts)
    await socket.until(() => socket.journal.arrivals(group.id).length >= 300, 'all 300 arrivals')
    expect(socket.journal.arrivals(group.id).map((message) => message.content)).toEqual(texts)
    await socket.close()
  })
})

describe('WS-11.2 a busy socket', () => {
  test('WS-11.2 a socket that sends two thousand messages at once is served to the last one, and goes on', async () => {
    const group = await parley().owner.group()
    const socket = await parley().owner.listen(group.id)
    const COUNT = 2_000
    for (let i = 0; i < COUNT; i++) {
      socket.send({ type: 'send', channelId: group.id, content: `${i}`, messageType: 'text', ref: `${i}` })
    }
    await socket.next('sent', (frame) => frame.ref === `${COUNT - 1}`, { timeout: 20_000 })
    socket.send({ type: 'ping' })
    await socket.next('pong')
    expect(socket.frames.filter((frame) => frame.type === 'sent')).toHaveLength(COUNT)
    await socket.close()
  })
})

describe('typing, presence, changed', () => {
  test('typing reaches the other subscribers and not its author', async () => {
    const { client, user } = await parley().cast.person('Typist')
    const group = await parley().owner.group({ userIds: [user.id] })
    const author = await client.listen(group.id)
    const reader = await parley().owner.listen(group.id)
    author.send({ type: 'typing', channelId: group.id })
    expect(await reader.next('typing')).toEqual({ type: 'typing', data: { channelId: group.id, userId: user.id } })
    author.send({ type: 'ping' })
    await author.next('pong')
    expect(author.frames.some((frame) => frame.type === 'typing')).toBe(false)
    await author.close()
    await reader.close()
  })

  test('presence follows the first and the last socket of a person', async () => {
    const { client, user } = await parley().cast.person('Present')
    await parley().owner.group({ userIds: [user.id] })
    const reader = await parley().owner.listen()
    const first = await client.listen()
    await reader.next('presence', (frame) => frame.data.userId === user.id && frame.data.status === 'online')
    const second = await client.listen()
    await first.close()
    await second.close()
    await reader.next('presence', (frame) => frame.data.userId === user.id && frame.data.status === 'offline')
    const own = reader.frames.filter((frame) => frame.type === 'presence' && frame.data.userId === user.id)
    expect(own.map((frame) => (frame as { data: { status: string } }).data.status)).toEqual(['online', 'offline'])
    await reader.close()
  })

  test('somebody added to a channel is told at once, on every socket', async () => {
    const { client, user } = await parley().cast.person('Added')
    const sockets = [await client.listen(), await client.listen()]
    const group = await parley().owner.group({ userIds: [user.id] })
    for (const socket of sockets) {
      await socket.next('changed', (frame) => ['channels', 'channel'].includes(frame.data.topic))
      await socket.close()
    }
    expect((await client.channels()).map((channel) => channel.id)).toContain(group.id)
  })

  test('a message in a channel that is not subscribed still marks its list entry, without its text', async () => {
    const { client, user } = await parley().cast.person('Elsewhere')
    const group = await parley().owner.group({ userIds: [user.id] })
    const socket = await client.listen()
    const since = socket.frames.length
    const { seq } = await parley().owner.say(group.id, 'QUIET-TEXT')
    const frame = await socket.next('changed', (each) => each.data.topic === 'channel' && each.data.id === group.id, {
      since,
    })
    expect(frame.data.lastSeq).toBe(seq)
    expect(JSON.stringify(socket.frames)).not.toContain('QUIET-TEXT')
    await socket.close()
  })
})
