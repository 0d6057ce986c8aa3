import type { Channels } from '@parley/core'
import { removeMember } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'

export function removeMemberRoute(channels: Channels): BoundRoute {
  return implement(removeMember, async ({ caller, params }) => {
    await channels.removeMember(caller, params.id, params.memberId)
    return { ok: true }
  })
}
