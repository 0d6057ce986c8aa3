import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'
import { personSchema, roleSchema } from '../model/person.ts'
import { personNameSchema } from './create.ts'

/** PUT /api/users/:id: people change their own name and avatar; only the owner changes a role or another person. */
export const updateUser = defineRoute({
  method: 'PUT',
  path: '/api/users/:id',
  summary: 'Change a person',
  tag: 'users',
  access: 'guest',
  extension: true,
  params: z.object({ id: z.string() }),
  body: z
    .object({ name: personNameSchema, avatar: z.string().max(300), role: roleSchema.exclude(['owner']) })
    .partial(),
  reply: z.object({ ok: z.literal(true), user: personSchema }),
  failures: [400, 401, 403, 404, 409],
})
