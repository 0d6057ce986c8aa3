/** Agents (spec/workspace §1.2). */
import { z } from 'zod'

export const agentSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** An emoji, or an `/uploads/…` URL. */
  avatar: z.string(),
  description: z.string(),
  /** `provider/model`; empty means the default model. */
  model: z.string(),
  tools: z.array(z.string()),
  status: z.enum(['online', 'busy', 'disabled']),
  /** Extension: other names a mention may use, e.g. the English name of a built-in agent. */
  aliases: z.array(z.string()),
  /** Extension: name and description per interface language. */
  localized: z.record(z.string(), z.object({ name: z.string(), description: z.string() })).optional(),
  builtin: z.boolean(),
  createdAt: z.string(),
})
export type Agent = z.infer<typeof agentSchema>

export const agentDetailSchema = agentSchema.extend({
  /** Text of `data/workspace-{agentId}/SOUL.md`. */
  soul: z.string(),
})
export type AgentDetail = z.infer<typeof agentDetailSchema>

export const agentNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(48)
  .regex(/^[^@\r\n]+$/, 'A name has no line break and no @.')
export const soulSchema = z.string().max(64_000)

export const agentFieldsSchema = z.object({
  name: agentNameSchema,
  avatar: z.string().max(300),
  description: z.string().max(500),
  model: z.string().max(200),
  tools: z.array(z.string().max(100)).max(100),
  aliases: z.array(agentNameSchema).max(10),
  soul: soulSchema,
  /** A disabled agent answers nobody. */
  disabled: z.boolean(),
})
