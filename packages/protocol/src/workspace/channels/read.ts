import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'

/** PUT /api/channels/:id/read: moves the caller's read marker forward; it never goes back, and not past the head. */
export const markRead = defineRoute({
  method: 'PUT',
  path: '/api/channels/:id/read',
  summary: 'Mark a channel as read',
  tag: 'channels',
  access: 'guest',
  extension: true,
  params: z.object({ id: z.string() }),
  body: z.object({ seq: z.int().nonnegative() }),
  reply: z.object({ ok: z.literal(true), readSeq: z.int().nonnegative() }),
  failures: [400, 401, 403, 404],
})
