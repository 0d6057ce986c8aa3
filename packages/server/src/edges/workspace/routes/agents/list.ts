import type { Agents } from '@parley/core'
import { listAgents } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'
import { agentToWire } from '../../wire/agent.ts'
import type { Liveness } from '../../wire/channel.ts'

export function listAgentsRoute(agents: Agents, liveness: Liveness): BoundRoute {
  return implement(listAgents, async ({ caller }) => ({
    agents: (await agents.list(caller)).map((agent) => agentToWire(agent, liveness)),
  }))
}
