import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'
import { agentSchema } from '../model/agent.ts'

/** GET /api/agents (spec/workspace §1.2 #5). */
export const listAgents = defineRoute({
  method: 'GET',
  path: '/api/agents',
  summary: 'All agents',
  tag: 'agents',
  access: 'guest',
  reply: z.object({ agents: z.array(agentSchema) }),
  failures: [401],
})
