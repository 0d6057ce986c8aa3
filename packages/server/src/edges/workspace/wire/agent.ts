import type { AgentDetail } from '@parley/core'
import type { AgentRecord } from '@parley/core/ports'
import type { Agent, AgentDetail as WireAgentDetail } from '@parley/protocol/workspace'
import type { DeepReadonly } from '../route-handler.ts'
import type { Liveness } from './channel.ts'

export function agentToWire(agent: AgentRecord, liveness: Pick<Liveness, 'isBusy'>): DeepReadonly<Agent> {
  return {
    id: agent.id,
    name: agent.name,
    avatar: agent.avatar,
    description: agent.description,
    model: agent.model,
    tools: agent.tools,
    status: agentStatus(agent, liveness),
    aliases: agent.aliases,
    ...(agent.localized === null ? {} : { localized: agent.localized }),
    builtin: agent.builtin,
    createdAt: new Date(agent.createdAt).toISOString(),
  }
}

export function agentDetailToWire(
  agent: AgentDetail,
  liveness: Pick<Liveness, 'isBusy'>,
): DeepReadonly<WireAgentDetail> {
  return { ...agentToWire(agent, liveness), soul: agent.soul }
}

function agentStatus(agent: AgentRecord, liveness: Pick<Liveness, 'isBusy'>): Agent['status'] {
  if (agent.disabled) return 'disabled'
  return liveness.isBusy(agent.id) ? 'busy' : 'online'
}
