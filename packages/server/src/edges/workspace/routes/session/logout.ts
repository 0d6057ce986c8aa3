import type { Sessions } from '@parley/core'
import { logout } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'
import type { SessionCookie } from '../../session-cookie.ts'

export function logoutRoute(sessions: Sessions, cookie: SessionCookie): BoundRoute {
  return implement(logout, async ({ caller, http }) => {
    await sessions.logout(caller)
    cookie.clear(http.request, http.reply)
    return { ok: true }
  })
}
