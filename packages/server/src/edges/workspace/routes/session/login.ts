import type { Sessions } from '@parley/core'
import { login } from '@parley/protocol/workspace'
import { type BoundRoute, implementPublic } from '../../route-handler.ts'
import type { SessionCookie } from '../../session-cookie.ts'

export function loginRoute(sessions: Sessions, cookie: SessionCookie): BoundRoute {
  return implementPublic(login, async ({ body, origin, http }) => {
    const session = await sessions.login(body.password, origin)
    cookie.set(http.request, http.reply, session.token)
    return { ok: true }
  })
}
