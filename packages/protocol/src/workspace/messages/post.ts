import { z } from 'zod'
import { defineRoute } from '../../shared/route.ts'
import { messageTypeSchema } from '../model/message.ts'

export const contentSchema = z.string().max(100_000)

export const postMessageBody = z.object({
  channelId: z.string().min(1),
  content: contentSchema,
  type: messageTypeSchema.extract(['text', 'image', 'file']).default('text'),
  /** Extension: the sender's own id; a repeat returns the first message. */
  clientId: z.string().min(1).max(64).optional(),
  /** Extension: id of the message this one replies to, in the same channel. */
  replyTo: z.string().optional(),
  /** Extension: `/uploads/…` URLs returned by POST /api/upload. */
  attachments: z.array(z.string()).max(20).optional(),
})

/** POST /api/messages (spec/workspace §1.2 #4): stores, broadcasts, and hands mentioned agents their turn. */
export const postMessage = defineRoute({
  method: 'POST',
  path: '/api/messages',
  summary: 'Send a message',
  tag: 'messages',
  access: 'member',
  body: postMessageBody,
  reply: z.object({ id: z.string(), ok: z.literal(true), seq: z.int().positive() }),
  failures: [400, 401, 403, 404, 413, 429],
})
