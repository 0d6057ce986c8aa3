import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'

/** DELETE /api/agents/:id: removes the agent from its channels; its messages stay. */
export const deleteAgent = defineRoute({
  method: 'DELETE',
  path: '/api/agents/:id',
  summary: 'Delete an agent',
  tag: 'agents',
  access: 'admin',
  extension: true,
  params: z.object({ id: z.string() }),
  reply: z.object({ ok: z.literal(true) }),
  failures: [401, 403, 404],
})
