import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'
import { messageSchema } from '../model/message.ts'
import { contentSchema } from './post.ts'

/** PUT /api/messages/:id: changes the text of one's own message; `rerun` also answers it again. */
export const editMessage = defineRoute({
  method: 'PUT',
  path: '/api/messages/:id',
  summary: 'Edit one’s own message',
  tag: 'messages',
  access: 'member',
  extension: true,
  params: z.object({ id: z.string() }),
  body: z.object({ content: contentSchema.min(1), rerun: z.boolean().default(false) }),
  reply: z.object({ ok: z.literal(true), message: messageSchema }),
  failures: [400, 401, 403, 404, 429],
})
