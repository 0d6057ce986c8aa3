import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'
import { soulSchema } from '../model/agent.ts'

/** GET /api/agents/:id/soul: the persona text alone. */
export const getSoul = defineRoute({
  method: 'GET',
  path: '/api/agents/:id/soul',
  summary: 'Read SOUL.md',
  tag: 'agents',
  access: 'member',
  extension: true,
  params: z.object({ id: z.string() }),
  reply: z.object({ content: z.string() }),
  failures: [401, 403, 404],
})

/** PUT /api/agents/:id/soul: replaces the persona; running answers keep the old one. */
export const putSoul = defineRoute({
  method: 'PUT',
  path: '/api/agents/:id/soul',
  summary: 'Write SOUL.md',
  tag: 'agents',
  access: 'admin',
  extension: true,
  params: z.object({ id: z.string() }),
  body: z.object({ content: soulSchema }),
  reply: z.object({ ok: z.literal(true) }),
  failures: [400, 401, 403, 404],
})
