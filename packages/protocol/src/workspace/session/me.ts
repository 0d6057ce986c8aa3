import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'
import { personSchema } from '../model/person.ts'

/** GET /api/me: who the session belongs to. */
export const me = defineRoute({
  method: 'GET',
  path: '/api/me',
  summary: 'The person of this session',
  tag: 'session',
  access: 'guest',
  extension: true,
  reply: z.object({ user: personSchema, appName: z.string() }),
  failures: [401],
})
