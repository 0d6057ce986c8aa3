import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'
import { channelNameSchema, channelSchema, channelTypeSchema } from '../model/channel.ts'

/** POST /api/channels (spec/workspace §1.2 #10): the caller becomes its owner. A second dm of the same two members returns the first. */
export const createChannel = defineRoute({
  method: 'POST',
  path: '/api/channels',
  summary: 'Create a direct chat or a group',
  tag: 'channels',
  access: 'member',
  body: z.object({
    name: channelNameSchema.optional(),
    type: channelTypeSchema,
    agentIds: z.array(z.string()).max(100).default([]),
    userIds: z.array(z.string()).max(500).default([]),
    leaderAgentId: z.string().nullable().optional(),
    avatar: z.string().max(300).optional(),
  }),
  reply: z.object({ ok: z.literal(true), id: z.string(), channel: channelSchema }),
  failures: [400, 401, 403, 404],
})
