import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'

/** DELETE /api/users/:id: ends the person's sessions and memberships; their messages stay. */
export const deleteUser = defineRoute({
  method: 'DELETE',
  path: '/api/users/:id',
  summary: 'Remove a person',
  tag: 'users',
  access: 'owner',
  extension: true,
  params: z.object({ id: z.string() }),
  reply: z.object({ ok: z.literal(true) }),
  failures: [400, 401, 403, 404],
})

/** POST /api/users/:id/key: a new access key for a person; the old key and its sessions end. */
export const renewAccessKey = defineRoute({
  method: 'POST',
  path: '/api/users/:id/key',
  summary: 'Renew a person’s access key',
  tag: 'users',
  access: 'owner',
  extension: true,
  params: z.object({ id: z.string() }),
  reply: z.object({ ok: z.literal(true), accessKey: z.string() }),
  failures: [400, 401, 403, 404],
})
