/** The HTTP host: limits, headers, request ids, error replies. Edges register their routes on what it returns. */

import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import cookie from '@fastify/cookie'
import type { Logger } from '@parley/base'
import { type FastifyInstance, fastify } from 'fastify'
import { hostErrors } from '../errors.ts'
import { toPublicError } from '../public-error.ts'
import { isSameOrigin } from '../same-origin.ts'
import { answerErrors, sendError } from './error-replies.ts'
import { acceptJsonBodies } from './json-body.ts'
import { setSecurityHeaders } from './security-headers.ts'

export interface HttpHostOptions {
  readonly logger: Logger
  /** Origin behind a reverse proxy; also makes forwarded addresses of a proxy on this machine trusted. */
  readonly publicUrl: string | undefined
  /** Called once per reply, for metrics. */
  readonly observe?: (sample: RequestSample) => void
}

export interface RequestSample {
  readonly method: string
  /** Route pattern, never the path with its ids. */
  readonly route: string
  readonly status: number
  readonly seconds: number
}

/** Largest JSON body in bytes: a message of 100 000 characters, each escaped, fits. */
export const JSON_BODY_LIMIT = 1_048_576

const REQUEST_TIMEOUT_MS = 300_000

/** Builds the host. Nothing listens yet. */
export async function createHttpHost(options: HttpHostOptions): Promise<FastifyInstance> {
  const { logger, publicUrl } = options
  const app = fastify({
    bodyLimit: JSON_BODY_LIMIT,
    trustProxy: publicUrl === undefined ? false : 'loopback',
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => {
      const cause = error.code === 'FST_ERR_BAD_URL' ? 'its URL is malformed.' : 'its route is malformed.'
      const failure = hostErrors.bad_request({ details: { problem: cause } })
      sendError(reply, toPublicError(failure, logger, { requestId: request.id }))
    },
    clientErrorHandler: (_error, socket) => refuseMalformed(socket),
  })
  answerErrors(app, logger, JSON_BODY_LIMIT)
  acceptJsonBodies(app)
  await setSecurityHeaders(app, { https: publicUrl?.startsWith('https:') ?? false })
  await app.register(cookie)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    const safe = request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS'
    if (!safe && !isSameOrigin(request.headers, publicUrl)) throw hostErrors.origin_refused()
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? '(none)'
    const sample = { method: request.method, route, status: reply.statusCode, seconds: reply.elapsedTime / 1_000 }
    options.observe?.(sample)
    logger.debug({ requestId: request.id, ...sample }, 'request')
  })
  return app
}

/** Bytes that are no HTTP request: answered by hand, since there is no request to answer. */
function refuseMalformed(socket: Socket): void {
  if (!socket.writable) return
  const body = JSON.stringify({ error: 'The request is not valid HTTP.', code: 'bad_request' })
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}
