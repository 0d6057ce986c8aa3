import type { Route } from '@parley/protocol/shared'
import * as contract from '@parley/protocol/workspace'
import { expect, test } from 'vitest'
import { openApiDocument } from '../openapi/document.ts'
import { describedServerFrames } from '../openapi/frames.ts'
import { createSessionCookie } from '../session-cookie.ts'
import { bindRoutes, type WorkspaceUseCases } from './index.ts'

function isRoute(value: unknown): value is Route {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'reply' in value
}

const declared = Object.values(contract as Record<string, unknown>).filter(isRoute)
// Binding only ties handlers to routes; no use case is called.
const bound = bindRoutes({} as WorkspaceUseCases, createSessionCookie(undefined, 1)).map(({ route }) => route)
const names = (routes: readonly Route[]) => routes.map(({ method, path }) => `${method} ${path}`).toSorted()

test('every route of the contract is served exactly once, and nothing else is', () => {
  expect(names(bound)).toEqual(names(declared))
  expect(new Set(names(bound)).size).toBe(bound.length)
})

test('the interface description covers every route, with its failures and its schema', () => {
  const document = openApiDocument(bound, { title: 'T', version: '1', multipart: new Set() })
  const paths = document['paths'] as Record<string, Record<string, { responses: object; security: unknown[] }>>
  for (const route of bound) {
    const operation = paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()]
    expect(Object.keys(operation?.responses ?? {}), route.path).toEqual(
      ['200', ...route.failures.map(String)].toSorted(),
    )
    expect(operation?.security).toEqual(route.access === 'public' ? [] : [{ session: [] }])
  }
  expect(() => JSON.stringify(document)).not.toThrow()
})

test('the frames a server sends are all described', () => {
  // The union is a type only; this record fails to compile when a frame is missing.
  const types: Record<contract.ServerFrame['type'], true> = {
    auth_ok: true,
    pong: true,
    message: true,
    message_updated: true,
    stream_start: true,
    stream_chunk: true,
    stream_reasoning: true,
    stream_end: true,
    tool_call: true,
    tool_result: true,
    collab_status: true,
    subscribed: true,
    unsubscribed: true,
    sent: true,
    answers: true,
    lagged: true,
    changed: true,
    typing: true,
    presence: true,
    error: true,
  }
  expect([...describedServerFrames].toSorted()).toEqual(Object.keys(types).toSorted())
})
