import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'
import { sessionSchema } from '../model/person.ts'

/** GET /api/sessions: the caller's own sessions. */
export const listSessions = defineRoute({
  method: 'GET',
  path: '/api/sessions',
  summary: "List the caller's sessions",
  tag: 'session',
  access: 'guest',
  extension: true,
  reply: z.object({ sessions: z.array(sessionSchema) }),
  failures: [401],
})
