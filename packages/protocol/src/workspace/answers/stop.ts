import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'

/** POST /api/messages/:id/stop: stops a running answer; the text so far stays. */
export const stopAnswer = defineRoute({
  method: 'POST',
  path: '/api/messages/:id/stop',
  summary: 'Stop a running answer',
  tag: 'answers',
  access: 'member',
  extension: true,
  params: z.object({ id: z.string() }),
  reply: z.object({ ok: z.literal(true) }),
  failures: [401, 403, 404, 409],
})
