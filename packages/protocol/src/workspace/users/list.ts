import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'
import { personSchema } from '../model/person.ts'

/** GET /api/users: the people of this workspace. */
export const listUsers = defineRoute({
  method: 'GET',
  path: '/api/users',
  summary: 'People of this workspace',
  tag: 'users',
  access: 'guest',
  extension: true,
  reply: z.object({ users: z.array(personSchema) }),
  failures: [401],
})
