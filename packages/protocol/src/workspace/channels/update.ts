import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'
import { channelNameSchema, channelSchema } from '../model/channel.ts'

/** PUT /api/channels/:id (spec/workspace §1.2 #11): partial; given lists replace the members of that kind. */
export const updateChannel = defineRoute({
  method: 'PUT',
  path: '/api/channels/:id',
  summary: 'Change a channel',
  tag: 'channels',
  access: 'member',
  params: z.object({ id: z.string() }),
  body: z.object({
    name: channelNameSchema.optional(),
    avatar: z.string().max(300).optional(),
    leaderAgentId: z.string().nullable().optional(),
    agentIds: z.array(z.string()).max(100).optional(),
    userIds: z.array(z.string()).max(500).optional(),
  }),
  reply: z.object({ ok: z.literal(true), channel: channelSchema }),
  failures: [400, 401, 403, 404],
})
