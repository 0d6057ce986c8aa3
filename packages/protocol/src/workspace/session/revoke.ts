import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'

/** DELETE /api/sessions/:id: ends one of the caller's sessions; its sockets are closed. */
export const revokeSession = defineRoute({
  method: 'DELETE',
  path: '/api/sessions/:id',
  summary: "End one of the caller's sessions",
  tag: 'session',
  access: 'guest',
  extension: true,
  params: z.object({ id: z.string() }),
  reply: z.object({ ok: z.literal(true) }),
  failures: [401, 404],
})
