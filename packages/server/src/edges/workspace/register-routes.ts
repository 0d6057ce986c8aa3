/** Registers bound routes on the HTTP host: session, role, input, handler, reply, in this order, for all alike. */
import multipart from '@fastify/multipart'
import type { Sessions } from '@parley/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parseInput } from './parse-input.ts'
import type { BoundRoute } from './route-handler.ts'
import { requireCaller } from './session-guard.ts'
import { MAX_UPLOAD_BYTES } from './uploads/limits.ts'

/** Adds all `routes` to `app`. */
export async function registerRoutes(
  app: FastifyInstance,
  routes: readonly BoundRoute[],
  sessions: Sessions,
): Promise<void> {
  for (const bound of routes) if (bound.bodyType === 'json') addRoute(app, bound, sessions)
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    await scope.register(multipart, {
      limits: { fileSize: MAX_UPLOAD_BYTES, files: 1, fields: 10, fieldSize: 10_000, parts: 12 },
      throwFileSizeLimit: false,
    })
    for (const bound of routes) if (bound.bodyType === 'multipart') addRoute(scope, bound, sessions)
  })
}

function addRoute(app: FastifyInstance, bound: BoundRoute, sessions: Sessions): void {
  const { route } = bound
  app.route({
    method: route.method,
    url: route.path,
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const caller = route.access === 'public' ? undefined : await requireCaller(sessions, request, route.access)
      const data = await bound.handle({
        caller,
        params: parseInput(route.params, request.params, 'path'),
        query: parseInput(route.query, request.query, 'query'),
        body: bound.bodyType === 'json' ? parseInput(route.body, request.body, 'body') : undefined,
        origin: { ip: request.ip, userAgent: (request.headers['user-agent'] ?? '').slice(0, 300) },
        http: { request, reply },
      })
      reply.header('cache-control', 'no-store')
      return data
    },
  })
}
