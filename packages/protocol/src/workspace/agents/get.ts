import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'
import { agentDetailSchema } from '../model/agent.ts'

/** GET /api/agents/:id (spec/workspace §1.2 #6): the agent's fields at the top level, with `soul`. */
export const getAgent = defineRoute({
  method: 'GET',
  path: '/api/agents/:id',
  summary: 'One agent with its SOUL.md',
  tag: 'agents',
  access: 'member',
  params: z.object({ id: z.string() }),
  reply: agentDetailSchema,
  failures: [401, 403, 404],
})
