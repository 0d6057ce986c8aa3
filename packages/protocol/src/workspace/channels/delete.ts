import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'

/** DELETE /api/channels/:id: the channel's owner or an admin; its messages are no longer readable. */
export const deleteChannel = defineRoute({
  method: 'DELETE',
  path: '/api/channels/:id',
  summary: 'Delete a channel',
  tag: 'channels',
  access: 'member',
  extension: true,
  params: z.object({ id: z.string() }),
  reply: z.object({ ok: z.literal(true) }),
  failures: [401, 403, 404],
})
