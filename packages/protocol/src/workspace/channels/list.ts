import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'
import { channelSchema } from '../model/channel.ts'

/** GET /api/channels (spec/workspace §1.2 #9): the channels the caller is a member of, with unread counts. */
export const listChannels = defineRoute({
  method: 'GET',
  path: '/api/channels',
  summary: 'The caller’s channels',
  tag: 'channels',
  access: 'guest',
  reply: z.object({ channels: z.array(channelSchema) }),
  failures: [401],
})
