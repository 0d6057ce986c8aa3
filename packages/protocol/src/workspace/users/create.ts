import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'
import { personSchema, roleSchema } from '../model/person.ts'

export const personNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(48)
  .regex(/^[^@\r\n]+$/, 'A name has no line break and no @.')

/** POST /api/users: adds a person; the reply is the only time their access key is shown. */
export const createUser = defineRoute({
  method: 'POST',
  path: '/api/users',
  summary: 'Add a person',
  tag: 'users',
  access: 'owner',
  extension: true,
  body: z.object({
    name: personNameSchema,
    role: roleSchema.exclude(['owner']),
    avatar: z.string().max(300).optional(),
  }),
  reply: z.object({ ok: z.literal(true), user: personSchema, accessKey: z.string() }),
  failures: [400, 401, 403, 409],
})
