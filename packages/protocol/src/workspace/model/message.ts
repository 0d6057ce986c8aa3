/** The message as the Workspace shows it (spec/workspace §1.2; metadata fields are documented extensions). */
import { z } from 'zod'
import { failureSchema, toolStepSchema, usageSchema } from '../../shared/answer.ts'

export const messageTypes = ['text', 'image', 'file', 'tool_call', 'tool_result'] as const
export const messageTypeSchema = z.enum(messageTypes)

export const attachmentSchema = z.object({
  url: z.string(),
  name: z.string(),
  mime: z.string(),
  /** Bytes. */
  size: z.int().nonnegative(),
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
})
export type Attachment = z.infer<typeof attachmentSchema>

/** Where an answer stands. A message without `answer` was not written by a running model. */
export const answerStatusSchema = z.enum(['streaming', 'done', 'stopped', 'failed'])

export const answerSchema = z.object({
  status: answerStatusSchema,
  /** The model that wrote it, as `provider/model`. */
  model: z.string().optional(),
  reasoning: z.string().optional(),
  tools: z.array(toolStepSchema).optional(),
  usage: usageSchema.optional(),
  durationMs: z.number().nonnegative().optional(),
  failure: failureSchema.optional(),
  /** The message that asked for this answer. */
  triggerId: z.string().optional(),
  /** Colleague whose message triggered the answer. */
  calledBy: z.string().optional(),
  /** Agent-to-agent steps since a person last spoke. */
  hops: z.int().nonnegative().optional(),
})
export type Answer = z.infer<typeof answerSchema>

export const messageMetadataSchema = z.looseObject({
  attachments: z.array(attachmentSchema).optional(),
  replyTo: z.string().optional(),
  mentions: z.array(z.string()).optional(),
  /** The sender's own id of the message; repeats of it return the first result. */
  clientId: z.string().optional(),
  editedAt: z.string().optional(),
  deletedAt: z.string().optional(),
  answer: answerSchema.optional(),
  /** A line the system wrote (loop guard, member joined): code for translation plus its values. */
  notice: z
    .object({ code: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])).optional() })
    .optional(),
})
export type MessageMetadata = z.infer<typeof messageMetadataSchema>

export const messageSchema = z.object({
  id: z.string(),
  channelId: z.string(),
  /** Null when a person (or the system) wrote it. */
  agentId: z.string().nullable(),
  /** Null when an agent (or the system) wrote it. */
  userId: z.string().nullable(),
  content: z.string(),
  type: messageTypeSchema,
  metadata: messageMetadataSchema,
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  /** Extension: position in the channel's log, gap-free over messages and changes. */
  seq: z.int().positive(),
})
export type Message = z.infer<typeof messageSchema>
