/** Who asks, and whether their role is enough for the route. Use cases check the rest themselves. */
import type { Caller, Sessions } from '@parley/core'
import type { RouteAccess } from '@parley/protocol/shared'
import type { FastifyRequest } from 'fastify'
import { workspaceErrors } from './errors.ts'
import { SESSION_COOKIE } from './session-cookie.ts'

const rank: Readonly<Record<RouteAccess, number>> = { public: 0, guest: 1, member: 2, admin: 3, owner: 4 }

/** The caller of a request with a live session. Errors: `session_required`, `session_ended`, `role_required`. */
export async function requireCaller(sessions: Sessions, request: FastifyRequest, access: RouteAccess): Promise<Caller> {
  const token = request.cookies[SESSION_COOKIE]
  if (token === undefined || token === '') throw workspaceErrors.session_required()
  const caller = await sessions.authenticate(token, request.ip)
  if (caller === undefined) throw workspaceErrors.session_ended()
  if (rank[caller.role] < rank[access]) throw workspaceErrors.role_required({ details: { role: access } })
  return caller
}
