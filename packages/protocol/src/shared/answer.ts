/** What every dialect says about an answer while it is written: tool steps, usage, why it failed (spec/runtime §7.5). */
import { z } from 'zod'

export const toolStepSchema = z.object({
  callId: z.string(),
  toolName: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  status: z.enum(['calling', 'completed', 'error']),
  result: z.string().optional(),
  /** Milliseconds from the call to its result. */
  durationMs: z.number().nonnegative().optional(),
  /** UTF-16 offset in the answer's text at which the step began: places the step between the paragraphs. */
  at: z.int().nonnegative().optional(),
})
export type ToolStep = z.infer<typeof toolStepSchema>

export const failureClassSchema = z.enum([
  'unreachable',
  'timeout',
  'rate_limited',
  'auth',
  'model_missing',
  'context_overflow',
  'bad_request',
  'server',
  'empty',
  'content_filter',
  'interrupted',
  'internal',
])
export type FailureClass = z.infer<typeof failureClassSchema>

export const failureSchema = z.object({ class: failureClassSchema, message: z.string(), retryable: z.boolean() })
export type Failure = z.infer<typeof failureSchema>

export const usageSchema = z.object({ inputTokens: z.int().nonnegative(), outputTokens: z.int().nonnegative() })
export type Usage = z.infer<typeof usageSchema>
