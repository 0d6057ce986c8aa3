import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'

/** POST /api/login (spec/workspace §1.2 #1): the owner key or a person's access key; sets the `session` cookie. */
export const login = defineRoute({
  method: 'POST',
  path: '/api/login',
  summary: 'Log in with the owner key or an access key',
  tag: 'session',
  access: 'public',
  body: z.object({ password: z.string().min(1).max(500) }),
  reply: z.object({ ok: z.literal(true) }),
  failures: [400, 401, 429],
})
