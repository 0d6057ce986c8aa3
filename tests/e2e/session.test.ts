import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listSessions, logout, me, renewAccessKey, revokeSession } from '@parley/protocol/workspace'
import { bootParley } from '@parley/testkit'
import { describe, expect, test } from 'vitest'
import { useParley } from './use-parley.ts'

const parley = useParley()

describe('WS-1.2#1 login', () => {
  test('WS-1.2#1 the owner key answers exactly {"ok":true} and sets the session cookie', async () => {
    const reply = await parley()
      .stranger()
      .request('POST', '/api/login', { body: { password: parley().ownerKey } })
    expect(reply.status).toBe(200)
    expect(reply.json).toEqual({ ok: true })
    const [cookie = '', ...more] = reply.headers.getSetCookie()
    expect(more).toEqual([])
    const [pair, ...attributes] = cookie.split('; ')
    expect(pair).toMatch(/^session=[0-9a-f]{64}$/)
    expect(attributes.map((each) => each.toLowerCase()).toSorted()).toEqual(
      ['httponly', 'max-age=604800', 'path=/', 'samesite=strict'].toSorted(),
    )
  })

  test('WS-1.2#1 a wrong key answers 401 {"error":"Invalid password"} and sets no cookie', async () => {
    const reply = await parley()
      .stranger()
      .request('POST', '/api/login', { body: { password: 'wrong' } })
    expect(reply.status).toBe(401)
    expect(reply.json).toMatchObject({ error: 'Invalid password' })
    expect(reply.headers.getSetCookie()).toEqual([])
  })

  test.each([
    ['no body', undefined],
    ['no password', {}],
    ['empty password', { password: '' }],
    ['a number', { password: 1 }],
    ['an object', { password: { $ne: '' } }],
    ['a huge text', { password: 'x'.repeat(501) }],
  ])('WS-1.3 login with %s answers 400', async (_, body) => {
    const reply = await parley()
      .stranger()
      .request('POST', '/api/login', body === undefined ? {} : { body })
    expect(reply.status).toBe(400)
    expect(reply.json).toMatchObject({ error: expect.any(String) })
  })

  test('WS-1.1 behind https the cookie is Secure', async () => {
    await using secure = await bootParley({ env: { PARLEY_PUBLIC_URL: 'https://chat.example.org' }, model: false })
    const reply = await secure.stranger().request('POST', '/api/login', { body: { password: secure.ownerKey } })
    expect(reply.headers.getSetCookie()[0]).toMatch(/; Secure/i)
  })

  test('WS-11.1#9 guessing is slowed down with 429 and Retry-After, whatever X-Forwarded-For says', async () => {
    await using fresh = await bootParley({ model: false })
    const stranger = fresh.stranger()
    let limited: { status: number; headers: Headers } | undefined
    for (let i = 0; i < 60 && limited === undefined; i++) {
      const reply = await stranger.request('POST', '/api/login', {
        body: { password: `guess-${i}` },
        headers: { 'x-forwarded-for': `10.0.0.${i}` },
      })
      if (reply.status === 429) limited = reply
      else expect(reply.status).toBe(401)
    }
    expect(limited?.status).toBe(429)
    expect(Number(limited?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect((await fresh.owner.request('GET', '/api/me')).status).toBe(200)
  })

  test('WS-1.1 a key with surrounding text, other case or a prefix is wrong', async () => {
    for (const password of [` ${parley().ownerKey}`, parley().ownerKey.toUpperCase(), parley().ownerKey.slice(0, -1)]) {
      const reply = await parley().stranger().request('POST', '/api/login', { body: { password } })
      expect(reply.status).toBe(401)
    }
  })
})

describe('WS-1.2#2 logout and sessions', () => {
  test('WS-1.2#2 logout ends this session only', async () => {
    const first = await parley().stranger().login(parley().ownerKey)
    const second = await parley().stranger().login(parley().ownerKey)
    const token = first.token as string
    expect(await first.call(logout, {})).toEqual({ ok: true })
    first.cookies.set('session', token)
    expect((await first.attempt(me, {})).status).toBe(401)
    expect((await second.attempt(me, {})).status).toBe(200)
  })

  test('WS-1.2#2 logout without a session answers 401', async () => {
    expect((await parley().stranger().attempt(logout, {})).status).toBe(401)
  })

  test('WS-1.1 a made-up, a malformed and an empty cookie are no session', async () => {
    for (const token of ['0'.repeat(64), 'x', '%00', `${parley().owner.token}0`, '../../etc/passwd']) {
      const stranger = parley().stranger()
      stranger.cookies.set('session', token)
      expect((await stranger.attempt(me, {})).status).toBe(401)
    }
  })

  test('WS-1.1 me tells who the session belongs to', async () => {
    const reply = await parley().owner.call(me, {})
    expect(reply.user).toMatchObject({ role: 'owner', id: expect.stringMatching(/^user_/) })
    expect(reply.appName).not.toBe('')
  })

  test('WS-11.1#9 sessions are listed to their person only, and can be revoked one by one', async () => {
    const { client, accessKey } = await parley().cast.person('Lister')
    const other = await parley().stranger().login(accessKey)
    const { sessions } = await client.call(listSessions, {})
    expect(sessions).toHaveLength(2)
    expect(sessions.filter((session) => session.current)).toHaveLength(1)
    expect(JSON.stringify(sessions)).not.toContain(client.token)
    const stranger = sessions.find((session) => !session.current)
    expect((await parley().owner.attempt(revokeSession, { params: { id: stranger?.id ?? '' } })).status).toBe(404)
    expect((await other.attempt(me, {})).status).toBe(200)
    await client.call(revokeSession, { params: { id: stranger?.id ?? '' } })
    expect((await other.attempt(me, {})).status).toBe(401)
    expect((await client.attempt(me, {})).status).toBe(200)
  })

  test('WS-11.1#9 revoking a session closes its socket and no other', async () => {
    const { client, accessKey } = await parley().cast.person('Revoker')
    const other = await parley().stranger().login(accessKey)
    const socket = await other.socket()
    await socket.auth()
    const kept = await client.socket()
    await kept.auth()
    const { sessions } = await client.call(listSessions, {})
    await client.call(revokeSession, { params: { id: sessions.find((session) => !session.current)?.id ?? '' } })
    expect((await socket.gone()).code).toBe(4403)
    kept.send({ type: 'ping' })
    await kept.next('pong')
    await kept.close()
  })

  test('WS-1.1 logging out closes the sockets of that session', async () => {
    const client = await parley().stranger().login(parley().ownerKey)
    const socket = await client.socket()
    await socket.auth()
    await client.call(logout, {})
    expect((await socket.gone()).code).toBe(4403)
  })

  test('WS-1.1 a renewed access key ends the old key and its sessions', async () => {
    const { client, user, accessKey } = await parley().cast.person('Renewed')
    const { accessKey: renewed } = await parley().owner.call(renewAccessKey, { params: { id: user.id } })
    expect(renewed).not.toBe(accessKey)
    expect((await client.attempt(me, {})).status).toBe(401)
    const old = await parley()
      .stranger()
      .request('POST', '/api/login', { body: { password: accessKey } })
    expect(old.status).toBe(401)
    expect((await (await parley().stranger().login(renewed)).me()).id).toBe(user.id)
  })

  test('WS-1.1 neither session tokens nor access keys are in any file of the data folder; a hash is', async () => {
    const { client, accessKey } = await parley().cast.person('Hashed')
    const token = client.token as string
    const files = await readAll(parley().dataDirectory)
    expect(files.length).toBeGreaterThan(0)
    for (const [name, bytes] of files) {
      expect(bytes.includes(token), `${name} holds a session token`).toBe(false)
      expect(bytes.includes(Buffer.from(token, 'hex')), `${name} holds the bytes of a session token`).toBe(false)
      expect(bytes.includes(accessKey), `${name} holds an access key`).toBe(false)
      expect(bytes.includes(parley().ownerKey), `${name} holds the owner key`).toBe(false)
    }
    const hash = createHash('sha256').update(token).digest('hex')
    const hashOfBytes = createHash('sha256').update(Buffer.from(token, 'hex')).digest('hex')
    expect(files.some(([, bytes]) => [hash, hashOfBytes].some((each) => bytes.includes(each)))).toBe(true)
  })
})

async function readAll(directory: string): Promise<[string, Buffer][]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry): Promise<[string, Buffer]> => {
        const path = join(entry.parentPath, entry.name)
        return [path, await readFile(path)]
      }),
  )
}
