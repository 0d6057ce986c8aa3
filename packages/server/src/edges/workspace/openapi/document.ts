/** The interface description (OpenAPI 3.1), made from the route data: it cannot disagree with what is served. */
import type { Route } from '@parley/protocol/shared'
import { errorReplySchema } from '@parley/protocol/workspace'
import type { z } from 'zod'
import { framesDescription } from './frames.ts'
import { type JsonObject, jsonSchema } from './json-schema.ts'

export interface DocumentOptions {
  readonly title: string
  readonly version: string
  /** Routes that read a multipart body with a `file` field. */
  readonly multipart: ReadonlySet<Route>
}

const statusTexts: Readonly<Record<number, string>> = {
  400: 'A field is missing or not usable, or the JSON is broken',
  401: 'Not logged in, or the session has ended',
  403: 'The role does not allow it, or the request came from another site',
  404: 'There is no such thing, or it is not visible to the caller',
  409: 'It conflicts with what is stored',
  413: 'Too large',
  429: 'Too many requests; Retry-After says when to come back',
  501: 'Not offered by this installation',
}

/** Builds the whole document. */
export function openApiDocument(routes: readonly Route[], options: DocumentOptions): JsonObject {
  const paths: Record<string, JsonObject> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, options.multipart.has(route)) }
  }
  const frames = framesDescription()
  return {
    openapi: '3.1.0',
    info: {
      title: options.title,
      version: options.version,
      description: `JSON over HTTP with a session cookie; live events on the WebSocket below.\n\n${frames.markdown}`,
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths: { ...paths, '/ws': { get: frames.operation } },
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'session' } },
      schemas: { Error: jsonSchema(errorReplySchema, 'output'), ...frames.schemas },
    },
  }
}

function operation(route: Route, multipart: boolean): JsonObject {
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replace(/\/:?(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: [route.tag],
    summary: route.summary,
    description: describeAccess(route),
    ...(route.access === 'public' ? { security: [] } : { security: [{ session: [] }] }),
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...requestBody(route, multipart),
    responses: responses(route),
  }
}

function describeAccess(route: Route): string {
  const who = route.access === 'public' ? 'Needs no session.' : `Needs the role ${route.access} or higher.`
  return route.extension ? `${who} Extension of the documented interface.` : who
}

function requestBody(route: Route, multipart: boolean): JsonObject {
  if (multipart) {
    const schema = { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } }
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema } } } }
  }
  if (route.body === undefined) return {}
  const required = !route.body.safeParse(undefined).success
  return { requestBody: { required, content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } } }
}

function responses(route: Route): JsonObject {
  const error = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } }
  const failures = route.failures.map((status) => [
    String(status),
    { description: statusTexts[status] ?? 'Failed', content: error },
  ])
  const reply = { description: 'Done', content: { 'application/json': { schema: jsonSchema(route.reply, 'output') } } }
  return { 200: reply, ...Object.fromEntries(failures) }
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): JsonObject[] {
  if (schema === undefined) return []
  const { properties, required } = jsonSchema(schema, 'input') as { properties?: JsonObject; required?: string[] }
  return Object.entries(properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (required?.includes(name) ?? false),
    schema: property,
  }))
}
