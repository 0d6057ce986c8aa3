import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'

/** DELETE /api/messages/:id: empties the message and leaves a tombstone. One's own, or any as admin. */
export const deleteMessage = defineRoute({
  method: 'DELETE',
  path: '/api/messages/:id',
  summary: 'Delete a message',
  tag: 'messages',
  access: 'member',
  extension: true,
  params: z.object({ id: z.string() }),
  reply: z.object({ ok: z.literal(true) }),
  failures: [401, 403, 404],
})
