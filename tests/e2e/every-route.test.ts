/** Rules that hold for every declared route, checked on all of them. */
import { randomUUID } from 'node:crypto'
import type { Route } from '@parley/protocol/shared'
import * as workspace from '@parley/protocol/workspace'
import type { WorkspaceClient } from '@parley/testkit'
import { beforeAll, describe, expect, test } from 'vitest'
import { useParley } from './use-parley.ts'

const parley = useParley()

const routes = Object.values(workspace as Record<string, unknown>).filter(
  (value): value is Route =>
    typeof value === 'object' && value !== null && 'path' in value && 'method' in value && 'access' in value,
)
const title = (route: Route): string => `${route.method} ${route.path}`
const guarded = routes.filter((route) => route.access !== 'public')
const multipart = new Set(['/api/upload', '/api/rag/upload'])

/** A body each route accepts, so that a refusal is about the caller or the id and nothing else. */
const bodies: Record<string, unknown> = {
  'POST /api/login': { password: 'x' },
  'POST /api/agents': { name: 'Nobody' },
  'PUT /api/agents/:id': { description: 'x' },
  'PUT /api/agents/:id/soul': { content: 'x' },
  'POST /api/channels': { type: 'group', name: 'x' },
  'PUT /api/channels/:id': { name: 'x' },
  'POST /api/channels/:id/members': { agentId: 'nobody' },
  'PUT /api/channels/:id/read': { seq: 0 },
  'PUT /api/channels/:id/preferences': { draft: 'x' },
  'POST /api/messages': { channelId: 'ch_none', content: 'x' },
  'PUT /api/messages/:id': { content: 'x' },
  'POST /api/messages/:id/retry': {},
  'PUT /api/settings': { appName: 'x' },
  'POST /api/settings/providers/test': { id: 'x', kind: 'openai-compatible', baseUrl: 'http://127.0.0.1:9' },
  'POST /api/users': { name: 'x', role: 'guest' },
  'PUT /api/users/:id': { name: 'x' },
  'POST /api/rag/query': { agentId: 'nobody', query: 'x', topK: 5 },
}

function call(client: WorkspaceClient, route: Route): Promise<{ status: number; json: unknown }> {
  const path = route.path.replace(/:\w+/g, 'none') + (route.path === '/api/messages' ? '?channelId=ch_none' : '')
  if (multipart.has(route.path)) {
    const form = new FormData()
    form.set('file', new File(['x'], 'x.txt', { type: 'text/plain' }))
    return client.request(route.method, path, { rawBody: form })
  }
  const body = bodies[title(route)]
  return client.request(route.method, path, body === undefined ? {} : { body })
}

describe('WS-1.3 every route', () => {
  let guest: WorkspaceClient
  let member: WorkspaceClient
  beforeAll(async () => {
    guest = (await parley().cast.person('Guest', 'guest')).client
    member = (await parley().cast.person('Member', 'member')).client
  })

  test('the contract names all documented endpoints', () => {
    const documented = [
      'POST /api/login',
      'POST /api/logout',
      'GET /api/messages',
      'POST /api/messages',
      'GET /api/agents',
      'GET /api/agents/:id',
      'PUT /api/agents/:id',
      'POST /api/agents',
      'GET /api/channels',
      'POST /api/channels',
      'PUT /api/channels/:id',
      'POST /api/channels/:id/members',
      'GET /api/settings',
      'PUT /api/settings',
      'POST /api/rag/upload',
      'POST /api/rag/query',
      'POST /api/upload',
    ]
    expect(
      routes
        .filter((route) => route.extension !== true)
        .map(title)
        .toSorted(),
    ).toEqual(expect.arrayContaining(documented.toSorted()))
  })

  test.each(guarded.map((route) => [title(route), route] as const))(
    'WS-1.3 401 without a session: %s',
    async (_, route) => {
      const reply = await call(parley().stranger(), route)
      expect(reply.status).toBe(401)
      expect(reply.json).toMatchObject({ error: expect.any(String) })
    },
  )

  test.each(guarded.filter((route) => route.access !== 'guest').map((route) => [title(route), route] as const))(
    'WS-1.3 403 for a guest: %s',
    async (_, route) => {
      const reply = await call(guest, route)
      expect(reply.status).toBe(403)
      expect(reply.json).toMatchObject({ error: expect.any(String) })
    },
  )

  test.each(
    guarded
      .filter((route) => route.access === 'admin' || route.access === 'owner')
      .map((route) => [title(route), route] as const),
  )('WS-1.3 403 for a member: %s', async (_, route) => {
    expect((await call(member, route)).status).toBe(403)
  })

  test.each(
    guarded
      .filter((route) => route.failures.includes(404) && !route.path.includes('/rag/'))
      .map((route) => [title(route), route] as const),
  )('WS-1.3 404 for an unknown id: %s', async (_, route) => {
    const reply = await call(parley().owner, route)
    // POST /api/channels has no id in its path; naming an unknown agent is its 404.
    if (route === (workspace.createChannel as unknown as Route)) {
      const unknown = await parley().owner.request('POST', '/api/channels', {
        body: { type: 'dm', agentIds: ['none'] },
      })
      expect(unknown.status).toBe(404)
      return
    }
    expect(reply.status).toBe(404)
    expect(reply.json).toMatchObject({ error: expect.any(String) })
  })

  test.each(
    routes
      .filter((route) => route.body !== undefined && title(route) !== 'POST /api/messages/:id/retry')
      .map((route) => [title(route), route] as const),
  )('WS-1.3 400 for broken JSON, no JSON and a wrong shape: %s', async (_, route) => {
    const path = route.path.replace(/:\w+/g, 'none')
    const send = (rawBody: string, type = 'application/json'): Promise<{ status: number; json: unknown }> =>
      parley().owner.request(route.method, path, { rawBody, headers: { 'content-type': type } })
    for (const broken of ['{', '{"a":', 'not json', '[]', '"text"', 'null', '{"__proto__":{"x":1}}x']) {
      const reply = await send(broken)
      expect(reply.status, `body ${broken}`).toBe(400)
      expect(reply.json).toMatchObject({ error: expect.any(String) })
    }
    expect((await send(JSON.stringify(bodies[title(route)]), 'text/plain')).status).toBe(400)
    expect((await send('', 'application/json')).status).toBe(400)
  })

  test('WS-1.3 an unknown path and an unknown method answer JSON 404', async () => {
    for (const [method, path] of [
      ['GET', '/api/none'],
      ['DELETE', '/api/login'],
      ['PATCH', '/api/agents/x'],
      ['POST', '/api/'],
    ] as const) {
      const reply = await parley().owner.request(method, path)
      expect(reply.status, `${method} ${path}`).toBe(404)
      expect(reply.json).toMatchObject({ error: expect.any(String) })
    }
  })

  test('WS-1.3 a body beyond the limit answers 413 and the connection stays usable', async () => {
    const reply = await parley().owner.request('POST', '/api/messages', {
      rawBody: JSON.stringify({ channelId: 'ch_none', content: 'x'.repeat(12_000_000) }),
      headers: { 'content-type': 'application/json' },
    })
    expect(reply.status).toBe(413)
    expect((await parley().owner.request('GET', '/api/me')).status).toBe(200)
  })

  test('WS-11.1#12 prototype keys in a body change nothing', async () => {
    const channel = await parley().owner.group()
    const reply = await parley().owner.request('PUT', `/api/channels/${channel.id}`, {
      rawBody: '{"name":"Kept","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
      headers: { 'content-type': 'application/json' },
    })
    expect([200, 400]).toContain(reply.status)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  test('WS-11.1#11 a write from another site is refused even with the cookie', async () => {
    const channel = await parley().owner.group()
    const say = (headers: Record<string, string>): Promise<{ status: number }> =>
      parley().owner.request('POST', '/api/messages', {
        body: { channelId: channel.id, content: randomUUID() },
        headers,
      })
    expect((await say({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await say({ origin: 'null' })).status).toBe(403)
    expect((await say({ origin: 'http://127.0.0.1:1' })).status).toBe(403)
    expect((await say({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await say({ origin: parley().baseUrl })).status).toBe(200)
    expect((await say({})).status).toBe(200)
    expect((await parley().owner.page(channel.id)).messages).toHaveLength(2)
  })

  test('WS-11.1#4 replies carry the protective headers', async () => {
    const reply = await parley().owner.request('GET', '/api/me')
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff')
    expect(reply.headers.get('content-security-policy') ?? '').toMatch(/default-src/)
    expect(reply.headers.get('content-security-policy') ?? '').not.toMatch(/script-src[^;]*unsafe/)
    expect(reply.headers.get('access-control-allow-origin')).toBeNull()
    expect(reply.headers.get('x-powered-by')).toBeNull()
    expect(reply.headers.get('cache-control') ?? '').toMatch(/no-store/)
  })

  test('health and metrics need no session and tell no content', async () => {
    const health = await parley().stranger().request('GET', '/health')
    expect(health.status).toBe(200)
    expect(health.text).not.toContain(parley().dataDirectory)
  })
})
