import { createUser, deleteUser, listUsers, me, renewAccessKey, updateUser } from '@parley/protocol/workspace'
import { bootParley, WorkspaceSocket } from '@parley/testkit'
import { describe, expect, test } from 'vitest'
import { useParley } from './use-parley.ts'

const parley = useParley()

describe('WS-1.1 people', () => {
  test('WS-1.1 the owner adds a person and sees their key once; nothing else ever shows it', async () => {
    const name = parley().cast.name('Newcomer')
    const reply = await parley().owner.call(createUser, { body: { name, role: 'member', avatar: '🦊' } })
    expect(reply.user).toMatchObject({
      id: expect.stringMatching(/^user_/),
      name,
      role: 'member',
      avatar: '🦊',
      status: 'offline',
    })
    expect(reply.accessKey.replaceAll('-', '').length).toBeGreaterThanOrEqual(27)
    const list = await parley().owner.request('GET', '/api/users')
    expect(list.text).toContain(name)
    expect(list.text).not.toContain(reply.accessKey)
    expect((await (await parley().stranger().login(reply.accessKey)).me()).id).toBe(reply.user.id)
  })

  test('WS-1.1 two hundred keys are all different', async () => {
    const keys = new Set<string>()
    const { user } = await parley().cast.person('Rekeyed')
    for (let i = 0; i < 200; i++) {
      keys.add((await parley().owner.call(renewAccessKey, { params: { id: user.id } })).accessKey)
    }
    expect(keys.size).toBe(200)
  })

  test.each([
    ['no name', { role: 'member' }],
    ['a blank name', { name: ' ', role: 'member' }],
    ['a name with an @', { name: 'a@b', role: 'member' }],
    ['a name too long', { name: 'x'.repeat(49), role: 'member' }],
    ['no role', { name: 'Roleless' }],
    ['the role owner', { name: 'Usurper', role: 'owner' }],
    ['an unknown role', { name: 'Wizard', role: 'wizard' }],
  ])('WS-1.3 %s answers 400 and adds nobody', async (_, body) => {
    const before = (await parley().owner.call(listUsers, {})).users.length
    expect((await parley().owner.request('POST', '/api/users', { body })).status).toBe(400)
    expect((await parley().owner.call(listUsers, {})).users.length).toBe(before)
  })

  test('WS-1.2#4 a name is taken once among people and agents, whatever its case', async () => {
    const name = parley().cast.name('Unique')
    await parley().cast.agent(name)
    const person = await parley().owner.attempt(createUser, { body: { name: name.toLowerCase(), role: 'member' } })
    expect(person.status).toBe(409)
    for (const word of ['all', 'ALL', '所有人', '全体成员']) {
      const reply = await parley().owner.attempt(createUser, { body: { name: word, role: 'member' } })
      expect([400, 409], word).toContain(reply.status)
    }
  })

  test('WS-1.2#4 of twenty people added under one name at once, one is', async () => {
    const name = parley().cast.name('Rush')
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => parley().owner.attempt(createUser, { body: { name, role: 'guest' } })),
    )
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1)
    expect(replies.filter((reply) => reply.status === 409)).toHaveLength(19)
  })

  test('WS-1.3 people change their own name and avatar, nobody else’s, and never their own role', async () => {
    const a = await parley().cast.person('Anna')
    const b = await parley().cast.person('Ben')
    const renamed = parley().cast.name('Renamed')
    const reply = await a.client.call(updateUser, { params: { id: a.user.id }, body: { name: renamed, avatar: '🐝' } })
    expect(reply.user).toMatchObject({ id: a.user.id, name: renamed, avatar: '🐝', role: 'member' })
    expect((await a.client.attempt(updateUser, { params: { id: b.user.id }, body: { name: 'Hijacked' } })).status).toBe(
      403,
    )
    expect((await a.client.attempt(updateUser, { params: { id: a.user.id }, body: { role: 'admin' } })).status).toBe(
      403,
    )
    expect((await a.client.me()).role).toBe('member')
    expect(
      (await a.client.attempt(updateUser, { params: { id: a.user.id }, body: { name: b.user.name } })).status,
    ).toBe(409)
  })

  test('WS-1.3 an admin manages agents and settings but not people', async () => {
    const { client, user } = await parley().cast.person('Admin', 'admin')
    expect((await client.request('PUT', '/api/settings', { body: { appName: 'By admin' } })).status).toBe(200)
    expect(
      (await client.request('POST', '/api/agents', { body: { name: parley().cast.name('ByAdmin') } })).status,
    ).toBe(200)
    expect((await client.attempt(createUser, { body: { name: 'X', role: 'member' } })).status).toBe(403)
    expect((await client.attempt(deleteUser, { params: { id: user.id } })).status).toBe(403)
  })

  test('WS-1.3 the owner can be neither removed nor demoted nor given an access key', async () => {
    const { id } = await parley().owner.me()
    expect((await parley().owner.attempt(deleteUser, { params: { id } })).status).toBe(400)
    expect((await parley().owner.attempt(updateUser, { params: { id }, body: { role: 'guest' } })).status).toBe(400)
    expect((await parley().owner.attempt(renewAccessKey, { params: { id } })).status).toBe(400)
    expect((await parley().owner.me()).role).toBe('owner')
  })

  test('WS-1.1 a deleted person’s key opens nothing any more', async () => {
    const { client, user, accessKey } = await parley().cast.person('Deleted')
    await parley().owner.call(deleteUser, { params: { id: user.id } })
    expect((await client.attempt(me, {})).status).toBe(401)
    expect(
      (
        await parley()
          .stranger()
          .request('POST', '/api/login', { body: { password: accessKey } })
      ).status,
    ).toBe(401)
  })

  test('WS-1.4 changed people are told to everybody online', async () => {
    const socket = await parley().owner.listen()
    await parley().cast.person('Announced')
    const frame = await socket.next('changed', (each) => each.data.topic === 'users')
    expect(frame.type).toBe('changed')
    await socket.close()
  })
})

describe('WS-1.4 behind a proxy', () => {
  test('WS-11.1#11 the public origin is accepted, others are not', async () => {
    await using proxied = await bootParley({ model: false, env: { PARLEY_PUBLIC_URL: 'https://chat.example.org' } })
    const cookie = `session=${proxied.owner.token}`
    const socket = await WorkspaceSocket.open({ baseUrl: proxied.baseUrl, cookie, origin: 'https://chat.example.org' })
    await socket.auth()
    await socket.close()
    const evil = WorkspaceSocket.open({
      baseUrl: proxied.baseUrl,
      cookie,
      origin: 'https://chat.example.org.evil.example',
    })
    await expect(evil).rejects.toMatchObject({ status: 403 })
  })
})
