import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'

/** POST /api/rag/upload (spec/workspace §1.2 #15). */
export const ragUpload = defineRoute({
  method: 'POST',
  path: '/api/rag/upload',
  summary: 'Add a document to an agent’s knowledge',
  tag: 'rag',
  access: 'member',
  reply: z.object({ ok: z.literal(true) }),
  failures: [400, 401, 403, 404, 501],
})
