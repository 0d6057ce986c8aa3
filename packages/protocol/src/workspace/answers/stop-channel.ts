import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'

/** POST /api/channels/:id/stop: stops the running answer of a channel and drops the waiting ones. */
export const stopChannel = defineRoute({
  method: 'POST',
  path: '/api/channels/:id/stop',
  summary: 'Stop all answers of a channel',
  tag: 'answers',
  access: 'member',
  extension: true,
  params: z.object({ id: z.string() }),
  reply: z.object({ ok: z.literal(true), stopped: z.int().nonnegative() }),
  failures: [401, 403, 404],
})
