/** Workspace settings. API keys go in and never come out: replies carry `hasKey`. */
import { z } from 'zod'

export const providerKindSchema = z.enum(['openai-compatible', 'anthropic', 'google'])
export type ProviderKind = z.infer<typeof providerKindSchema>

export const modelSchema = z.object({
  /** Name on the provider's wire, e.g. `qwen3-8b` or `vendor/model`. */
  name: z.string().min(1).max(200),
  /** Accepts images. */
  vision: z.boolean().optional(),
  /** Context window in tokens, when known. */
  contextWindow: z.int().positive().optional(),
})
export type Model = z.infer<typeof modelSchema>

export const providerIdSchema = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/)

export const providerSchema = z.object({
  id: providerIdSchema,
  kind: providerKindSchema,
  name: z.string(),
  baseUrl: z.string(),
  hasKey: z.boolean(),
  models: z.array(modelSchema),
  /** `environment` ones come from OPENAI_BASE_URL and cannot be edited in the app. */
  source: z.enum(['settings', 'environment']),
})
export type Provider = z.infer<typeof providerSchema>

export const providerInputSchema = z.object({
  id: providerIdSchema,
  kind: providerKindSchema,
  name: z.string().trim().min(1).max(80),
  baseUrl: z.union([z.url({ protocol: /^https?$/ }), z.literal('')]),
  /** Absent keeps the stored key, empty removes it. */
  apiKey: z.string().max(500).optional(),
  models: z.array(modelSchema).max(500),
})
export type ProviderInput = z.infer<typeof providerInputSchema>

export const settingsSchema = z.object({
  appName: z.string(),
  /** `provider/model`; empty means the built-in demo model answers. */
  defaultModel: z.string(),
  /** Tried in order when the chosen model fails in a way another may not. */
  fallbackModels: z.array(z.string()),
  providers: z.array(providerSchema),
  /** Model servers found on this machine that are not configured yet. */
  offers: z.array(z.object({ id: z.string(), name: z.string(), baseUrl: z.string(), models: z.array(z.string()) })),
  /** Tools an agent can be granted. */
  tools: z.array(z.object({ name: z.string(), description: z.string() })),
  version: z.string(),
})
export type Settings = z.infer<typeof settingsSchema>
