import type { Channels } from '@parley/core'
import { addMembers } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'

export function addMembersRoute(channels: Channels): BoundRoute {
  return implement(addMembers, async ({ caller, params, body }) => {
    await channels.addMembers(caller, params.id, {
      agentIds: join(body.agentId, body.agentIds),
      userIds: join(body.userId, body.userIds),
    })
    return { ok: true }
  })
}

function join(one: string | undefined, several: readonly string[] | undefined): readonly string[] {
  return one === undefined ? (several ?? []) : [one, ...(several ?? [])]
}
