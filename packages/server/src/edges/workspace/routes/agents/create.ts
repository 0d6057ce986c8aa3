import type { Agents } from '@parley/core'
import { createAgent } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'
import { agentDetailToWire } from '../../wire/agent.ts'
import type { Liveness } from '../../wire/channel.ts'

export function createAgentRoute(agents: Agents, liveness: Liveness): BoundRoute {
  return implement(createAgent, async ({ caller, body }) => {
    const agent = await agents.create(caller, body)
    return { ok: true, id: agent.id, agent: agentDetailToWire(agent, liveness) }
  })
}
