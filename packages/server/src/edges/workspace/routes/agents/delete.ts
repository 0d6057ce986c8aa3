import type { Agents } from '@parley/core'
import { deleteAgent } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'

export function deleteAgentRoute(agents: Agents): BoundRoute {
  return implement(deleteAgent, async ({ caller, params }) => {
    await agents.delete(caller, params.id)
    return { ok: true }
  })
}
