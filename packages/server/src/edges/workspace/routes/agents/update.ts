import type { Agents } from '@parley/core'
import { updateAgent } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'
import { agentDetailToWire } from '../../wire/agent.ts'
import type { Liveness } from '../../wire/channel.ts'

export function updateAgentRoute(agents: Agents, liveness: Liveness): BoundRoute {
  return implement(updateAgent, async ({ caller, params, body }) => {
    const agent = await agents.update(caller, params.id, body)
    return { ok: true, agent: agentDetailToWire(agent, liveness) }
  })
}
