import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'

/** PUT /api/channels/:id/preferences: the caller's own view of a channel: pin, mute, draft. */
export const putChannelPreferences = defineRoute({
  method: 'PUT',
  path: '/api/channels/:id/preferences',
  summary: 'Pin, mute, keep a draft',
  tag: 'channels',
  access: 'guest',
  extension: true,
  params: z.object({ id: z.string() }),
  body: z.object({
    pinned: z.boolean().optional(),
    muted: z.boolean().optional(),
    draft: z.string().max(100_000).optional(),
  }),
  reply: z.object({ ok: z.literal(true) }),
  failures: [400, 401, 403, 404],
})
