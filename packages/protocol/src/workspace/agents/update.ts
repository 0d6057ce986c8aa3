import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'
import { agentDetailSchema, agentFieldsSchema } from '../model/agent.ts'

/** PUT /api/agents/:id (spec/workspace §1.2 #7): partial. */
export const updateAgent = defineRoute({
  method: 'PUT',
  path: '/api/agents/:id',
  summary: 'Change an agent',
  tag: 'agents',
  access: 'admin',
  params: z.object({ id: z.string() }),
  body: agentFieldsSchema.partial(),
  reply: z.object({ ok: z.literal(true), agent: agentDetailSchema }),
  failures: [400, 401, 403, 404, 409],
})
