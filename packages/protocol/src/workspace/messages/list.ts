import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'
import { messageSchema } from '../model/message.ts'

/**
 * GET /api/messages (spec/workspace §1.2 #3): the newest page before `before`, in ascending order.
 * Extensions: `after` (message id, exclusive, oldest page first), `around` (page centred on a message), `hasMore`, `hasNewer`, `lastSeq`.
 */
export const listMessages = defineRoute({
  method: 'GET',
  path: '/api/messages',
  summary: 'A page of a channel’s history',
  tag: 'messages',
  access: 'guest',
  query: z.object({
    channelId: z.string().min(1),
    limit: z.coerce.number().int().min(1).max(100).default(50),
    before: z.string().optional(),
    after: z.string().optional(),
    around: z.string().optional(),
  }),
  reply: z.object({
    messages: z.array(messageSchema),
    hasMore: z.boolean(),
    hasNewer: z.boolean(),
    /** Head of the log when the page was read: subscribe with `after: lastSeq` to miss nothing. */
    lastSeq: z.int().nonnegative(),
  }),
  failures: [400, 401, 403, 404],
})
