import { z } from 'zod'

/** Body of every reply that is not 200: `error` is for people, `code` (extension) for programs. */
export const errorReplySchema = z.object({ error: z.string(), code: z.string().optional() })
export type ErrorReply = z.infer<typeof errorReplySchema>
