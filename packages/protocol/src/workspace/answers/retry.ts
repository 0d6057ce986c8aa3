import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'

/** POST /api/messages/:id/retry: writes an agent's answer anew, in place, optionally with another model. */
export const retryAnswer = defineRoute({
  method: 'POST',
  path: '/api/messages/:id/retry',
  summary: 'Write an answer again',
  tag: 'answers',
  access: 'member',
  extension: true,
  params: z.object({ id: z.string() }),
  body: z.object({ model: z.string().max(200).optional() }).optional(),
  reply: z.object({ ok: z.literal(true), jobId: z.string() }),
  failures: [400, 401, 403, 404, 409, 429],
})
