import type { Agents } from '@parley/core'
import { getAgent } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'
import { agentDetailToWire } from '../../wire/agent.ts'
import type { Liveness } from '../../wire/channel.ts'

export function getAgentRoute(agents: Agents, liveness: Liveness): BoundRoute {
  return implement(getAgent, async ({ caller, params }) =>
    agentDetailToWire(await agents.get(caller, params.id), liveness),
  )
}
