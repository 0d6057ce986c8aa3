/** The `session` cookie (spec/workspace §1.1). */
import type { FastifyReply, FastifyRequest } from 'fastify'

export const SESSION_COOKIE = 'session'

export interface SessionCookie {
  set(request: FastifyRequest, reply: FastifyReply, token: string): void
  /** Sends the cookie of the request again: the session's life slides, and the browser's copy must not end before it. */
  renew(request: FastifyRequest, reply: FastifyReply): void
  clear(request: FastifyRequest, reply: FastifyReply): void
}

/** `publicUrl` decides about Secure where a proxy hides the scheme; `ttlMs` is the life of a session. */
export function createSessionCookie(publicUrl: string | undefined, ttlMs: number): SessionCookie {
  const attributes = (request: FastifyRequest) => ({
    httpOnly: true,
    sameSite: 'strict' as const,
    path: '/',
    secure: request.protocol === 'https' || (publicUrl?.startsWith('https:') ?? false),
  })
  const set: SessionCookie['set'] = (request, reply, token) => {
    reply.setCookie(SESSION_COOKIE, token, { ...attributes(request), maxAge: Math.floor(ttlMs / 1_000) })
  }
  return {
    set,
    renew: (request, reply) => {
      const token = request.cookies[SESSION_COOKIE]
      if (token !== undefined) set(request, reply, token)
    },
    clear: (request, reply) => {
      reply.setCookie(SESSION_COOKIE, '', { ...attributes(request), maxAge: 0 })
    },
  }
}
