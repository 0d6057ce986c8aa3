import type { Sessions } from '@parley/core'
import { revokeSession } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'

export function revokeSessionRoute(sessions: Sessions): BoundRoute {
  return implement(revokeSession, async ({ caller, params }) => {
    await sessions.revoke(caller, params.id)
    return { ok: true }
  })
}
