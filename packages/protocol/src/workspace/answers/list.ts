import { z } from 'zod'
import { toolStepSchema } from '../../shared/answer.ts'
import { defineRoute } from '../../shared/route.ts'

export const pendingAnswerSchema = z.object({
  jobId: z.string(),
  agentId: z.string(),
  triggerId: z.string(),
  status: z.enum(['queued', 'running']),
  /** Answers of the same channel ahead of this one. */
  position: z.int().nonnegative(),
  /** Set once the answer runs. */
  messageId: z.string().nullable(),
})
export type PendingAnswer = z.infer<typeof pendingAnswerSchema>

/** GET /api/channels/:id/answers: the running and waiting answers of a channel, in order. */
export const listAnswers = defineRoute({
  method: 'GET',
  path: '/api/channels/:id/answers',
  summary: 'Running and waiting answers of a channel',
  tag: 'answers',
  access: 'guest',
  extension: true,
  params: z.object({ id: z.string() }),
  reply: z.object({ answers: z.array(pendingAnswerSchema) }),
  failures: [401, 403, 404],
})

/** GET /api/messages/:id/stream: the text of a running (or finished) answer from a UTF-16 offset; for clients without a socket. */
export const readAnswer = defineRoute({
  method: 'GET',
  path: '/api/messages/:id/stream',
  summary: 'Text of an answer from an offset',
  tag: 'answers',
  access: 'guest',
  extension: true,
  params: z.object({ id: z.string() }),
  query: z.object({ offset: z.coerce.number().int().min(0).default(0) }),
  reply: z.object({
    content: z.string(),
    /** Offset after `content`. */
    offset: z.int().nonnegative(),
    done: z.boolean(),
    tools: z.array(toolStepSchema),
  }),
  failures: [400, 401, 403, 404],
})
