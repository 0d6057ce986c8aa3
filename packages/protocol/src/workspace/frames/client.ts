/** Frames a client sends on `/ws` (spec/workspace §1.4). Flat shapes, exactly as documented there; extensions are marked. */
import { z } from 'zod'
import { postMessageBody } from '../messages/post.ts'

export const authFrame = z.object({ type: z.literal('auth'), token: z.string().max(200).optional() })
export const pingFrame = z.object({ type: z.literal('ping') })

export const subscribeFrame = z.object({
  type: z.literal('subscribe'),
  channelId: z.string().min(1),
  /** Extension: push everything after this log position first; absent starts at the head. */
  after: z.int().nonnegative().optional(),
  /**
   * Extension: UTF-16 length the client already holds of running answers, by message id.
   * Such an answer resumes with chunks from there instead of a snapshot.
   */
  offsets: z.record(z.string(), z.int().nonnegative()).optional(),
})

/** Extension. */
export const unsubscribeFrame = z.object({ type: z.literal('unsubscribe'), channelId: z.string().min(1) })

/** Extension: POST /api/messages over the socket; answered by `sent` or `error` carrying the same `ref`. */
export const sendFrame = postMessageBody.extend({
  type: z.literal('send'),
  messageType: postMessageBody.shape.type,
  ref: z.string().max(64),
})

/** Extension: the caller is writing; relayed to the other subscribers as `typing`. */
export const typingFrame = z.object({ type: z.literal('typing'), channelId: z.string().min(1) })

export const clientFrame = z.discriminatedUnion('type', [
  authFrame,
  pingFrame,
  subscribeFrame,
  unsubscribeFrame,
  sendFrame,
  typingFrame,
])
export type ClientFrame = z.infer<typeof clientFrame>
