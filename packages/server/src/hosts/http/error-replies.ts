/** Every failed request ends here: `{"error", "code"}` with the mapped status; 5xx carry an incident number only. */
import { isParleyError, type Logger } from '@parley/base'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hostErrors } from '../errors.ts'
import { type PublicError, toPublicError } from '../public-error.ts'

/** Installs the handlers for errors, unknown routes and requests too broken to route. */
export function answerErrors(app: FastifyInstance, logger: Logger, bodyLimit: number): void {
  app.setErrorHandler((error, request, reply) => {
    const mapped = isParleyError(error) ? error : fromFastify(error as FastifyError, bodyLimit)
    const context = { requestId: request.id, method: request.method, route: request.routeOptions.url }
    sendError(reply, toPublicError(mapped, logger, context))
  })
}

export function sendError(reply: FastifyReply, failure: PublicError): void {
  if (failure.retryAfter !== undefined) reply.header('retry-after', String(failure.retryAfter))
  void reply.code(failure.status).header('cache-control', 'no-store').send({ error: failure.error, code: failure.code })
}

/** The reply for a path or method that is not served. */
export function unknownRoute(request: FastifyRequest): Error {
  const path = request.url.split('?', 1)[0] as string
  return hostErrors.route_unknown({ details: { method: request.method, path: path.slice(0, 200) } })
}

function fromFastify(error: FastifyError, bodyLimit: number): unknown {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return hostErrors.body_too_large({ details: { limit: bodyLimit } })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return hostErrors.media_type_unsupported({ details: { expected: 'application/json, named in Content-Type' } })
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return hostErrors.bad_request({ details: { problem: 'its length differs from Content-Length.' } })
    case 'FST_ERR_BAD_URL':
      return hostErrors.bad_request({ details: { problem: 'its URL is malformed.' } })
    default:
      return isAborted(error) ? hostErrors.bad_request({ details: { problem: 'it ended early.' } }) : error
  }
}

function isAborted(error: FastifyError): boolean {
  return error.code === 'ECONNRESET' || error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.message === 'aborted'
}
