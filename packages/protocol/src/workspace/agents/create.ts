import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'
import { agentDetailSchema, agentFieldsSchema } from '../model/agent.ts'

/** POST /api/agents (spec/workspace §1.2 #8). */
export const createAgent = defineRoute({
  method: 'POST',
  path: '/api/agents',
  summary: 'Create an agent',
  tag: 'agents',
  access: 'admin',
  body: agentFieldsSchema
    .partial()
    .required({ name: true })
    .extend({
      id: z
        .string()
        .regex(/^[A-Za-z0-9_-]{1,64}$/)
        .optional(),
    }),
  reply: z.object({ ok: z.literal(true), id: z.string(), agent: agentDetailSchema }),
  failures: [400, 401, 403, 409],
})
