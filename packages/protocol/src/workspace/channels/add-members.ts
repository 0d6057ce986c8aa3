import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'

/** POST /api/channels/:id/members (spec/workspace §1.2 #12): `agentId`, `agentIds`, `userId` or `userIds`. */
export const addMembers = defineRoute({
  method: 'POST',
  path: '/api/channels/:id/members',
  summary: 'Add members to a group',
  tag: 'channels',
  access: 'member',
  params: z.object({ id: z.string() }),
  body: z
    .object({
      agentId: z.string().optional(),
      agentIds: z.array(z.string()).max(100).optional(),
      userId: z.string().optional(),
      userIds: z.array(z.string()).max(500).optional(),
    })
    .refine((body) => Object.values(body).some((value) => value !== undefined), {
      message: 'Name at least one of agentId, agentIds, userId, userIds.',
    }),
  reply: z.object({ ok: z.literal(true) }),
  failures: [400, 401, 403, 404],
})
