import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'

/** DELETE /api/channels/:id/members/:memberId: removes an agent or a person; removing oneself leaves. */
export const removeMember = defineRoute({
  method: 'DELETE',
  path: '/api/channels/:id/members/:memberId',
  summary: 'Remove a member from a group',
  tag: 'channels',
  access: 'member',
  extension: true,
  params: z.object({ id: z.string(), memberId: z.string() }),
  reply: z.object({ ok: z.literal(true) }),
  failures: [400, 401, 403, 404],
})
