import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'

/** POST /api/logout (spec/workspace §1.2 #2). */
export const logout = defineRoute({
  method: 'POST',
  path: '/api/logout',
  summary: 'End the current session',
  tag: 'session',
  access: 'guest',
  reply: z.object({ ok: z.literal(true) }),
  failures: [401],
})
