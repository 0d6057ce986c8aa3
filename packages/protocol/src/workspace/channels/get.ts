import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'
import { channelSchema, memberSchema } from '../model/channel.ts'

/** GET /api/channels/:id. */
export const getChannel = defineRoute({
  method: 'GET',
  path: '/api/channels/:id',
  summary: 'One channel',
  tag: 'channels',
  access: 'guest',
  extension: true,
  params: z.object({ id: z.string() }),
  reply: z.object({ channel: channelSchema }),
  failures: [401, 403, 404],
})

/** GET /api/channels/:id/members: names, roles and who is here. */
export const listMembers = defineRoute({
  method: 'GET',
  path: '/api/channels/:id/members',
  summary: 'Members of a channel',
  tag: 'channels',
  access: 'guest',
  extension: true,
  params: z.object({ id: z.string() }),
  reply: z.object({ members: z.array(memberSchema) }),
  failures: [401, 403, 404],
})
