import type { Route } from '@parley/protocol/shared'
import * as workspace from '@parley/protocol/workspace'
import { describe, expect, test } from 'vitest'
import { useParley } from './use-parley.ts'

const parley = useParley()

describe('running it', () => {
  test('health answers 200 with the version, to anybody', async () => {
    const reply = await parley().stranger().request('GET', '/health')
    expect(reply.status).toBe(200)
    expect(reply.json).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+/) })
  })

  test('metrics are for this machine and the owner, and count what happened', async () => {
    const forwarded = { headers: { 'x-forwarded-for': '203.0.113.7' } }
    expect((await parley().stranger().request('GET', '/metrics', forwarded)).status).toBe(401)
    const { client } = await parley().cast.person('Curious')
    expect((await client.request('GET', '/metrics', forwarded)).status).toBe(403)
    const socket = await parley().owner.listen()
    for (const reply of [
      await parley().owner.request('GET', '/metrics', forwarded),
      await parley().stranger().request('GET', '/metrics'),
    ]) {
      expect(reply.status).toBe(200)
      expect(reply.headers.get('content-type')).toMatch(/^text\/plain/)
      expect(reply.text).toMatch(/^parley_open_sockets 1$/m)
      expect(reply.text).not.toContain(parley().owner.token)
    }
    await socket.close()
  })

  test('the OpenAPI document names every route of the contract with its statuses', async () => {
    const reply = await parley().owner.request('GET', '/api/openapi.json')
    expect(reply.status).toBe(200)
    const document = reply.json as { openapi: string; paths: Record<string, Record<string, { responses: object }>> }
    expect(document.openapi).toMatch(/^3\./)
    const routes = Object.values(workspace as Record<string, unknown>).filter(
      (value): value is Route => typeof value === 'object' && value !== null && 'path' in value && 'method' in value,
    )
    for (const route of routes) {
      const operation = document.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()]
      expect(operation, `${route.method} ${route.path}`).toBeDefined()
      expect(Object.keys(operation?.responses ?? {})).toEqual(
        expect.arrayContaining(['200', ...route.failures.map(String)]),
      )
    }
  })

  test('the page of the API loads nothing from elsewhere', async () => {
    const reply = await parley().owner.request('GET', '/api/docs')
    expect(reply.status).toBe(200)
    expect(reply.text).not.toMatch(/(src|href)="https?:/)
    expect(reply.headers.get('content-security-policy')).toBeTruthy()
  })

  test('unknown pages are left to the app, unknown files and API paths are not', async () => {
    for (const path of ['/assets/none-0000.js', '/api/none', '/favicon-none.ico']) {
      expect((await parley().owner.request('GET', path)).status, path).toBe(404)
    }
  })
})
