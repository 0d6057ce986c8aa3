/** The `session` cookie (spec/workspace §1.1). */
import type { FastifyReply, FastifyRequest } from 'fastify'

export const SESSION_COOKIE = 'session'

export interface SessionCookie {
  set(request: FastifyRequest, reply: FastifyReply, token: string, ttlMs: number): void
  clear(request: FastifyRequest, reply: FastifyReply): void
}

/** `publicUrl` decides about Secure where a proxy hides the scheme. */
export function createSessionCookie(publicUrl: string | undefined): SessionCookie {
  const attributes = (request: FastifyRequest) => ({
    httpOnly: true,
    sameSite: 'strict' as const,
    path: '/',
    secure: request.protocol === 'https' || (publicUrl?.startsWith('https:') ?? false),
  })
  return {
    set: (request, reply, token, ttlMs) => {
      reply.setCookie(SESSION_COOKIE, token, { ...attributes(request), maxAge: Math.floor(ttlMs / 1_000) })
    },
    clear: (request, reply) => {
      reply.setCookie(SESSION_COOKIE, '', { ...attributes(request), maxAge: 0 })
    },
  }
}
