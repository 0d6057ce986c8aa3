/** The lists of models of each kind of server, read into one shape. Models that cannot chat are left out. */
import { z } from 'zod'

export interface ListedModel {
  readonly name: string
  readonly vision?: boolean
  readonly contextWindow?: number
}

// Embedding, speech and image models cannot chat, and listings in OpenAI's shape do not tell them apart.
const NOT_CHAT =
  /embed|whisper|tts|dall-e|moderation|rerank|text-to-|transcribe|realtime|^bge-|stable-diffusion|gpt-image/i

const positive = z.number().int().positive().optional().catch(undefined)

function describe(name: string, contextWindow?: number, vision?: boolean): ListedModel {
  return {
    name,
    ...(vision === undefined ? {} : { vision }),
    ...(contextWindow === undefined ? {} : { contextWindow }),
  }
}

/** `GET /v1/models`. Several servers add a window of their own: vLLM, OpenRouter, Groq. */
export const openAiListing = z
  .object({
    data: z.array(
      z.looseObject({
        id: z.string(),
        max_model_len: positive,
        context_length: positive,
        context_window: positive,
        architecture: z
          .looseObject({ input_modalities: z.array(z.string()) })
          .optional()
          .catch(undefined),
      }),
    ),
  })
  .transform(({ data }) =>
    data
      .filter((model) => !NOT_CHAT.test(model.id))
      .map((model) =>
        describe(
          model.id,
          model.max_model_len ?? model.context_length ?? model.context_window,
          model.architecture?.input_modalities.includes('image'),
        ),
      ),
  )

/** LM Studio's `GET /api/v0/models`. */
export const lmStudioListing = z
  .object({
    data: z.array(
      z.looseObject({
        id: z.string(),
        type: z.string(),
        loaded_context_length: positive,
        max_context_length: positive,
      }),
    ),
  })
  .transform(({ data }) =>
    data
      .filter((model) => model.type === 'llm' || model.type === 'vlm')
      .map((model) =>
        describe(model.id, model.loaded_context_length ?? model.max_context_length, model.type === 'vlm'),
      ),
  )

/** Ollama's `GET /api/tags`. */
export const ollamaListing = z
  .object({ models: z.array(z.looseObject({ name: z.string() })) })
  .transform(({ models }) => models.filter((model) => !NOT_CHAT.test(model.name)).map((model) => describe(model.name)))

/** Anthropic's `GET /v1/models`. All of its models see. */
export const anthropicListing = z
  .object({ data: z.array(z.looseObject({ id: z.string() })) })
  .transform(({ data }) => data.map((model) => describe(model.id, undefined, true)))

/** Google's `GET /v1beta/models`. */
export const googleListing = z
  .object({
    models: z.array(
      z.looseObject({
        name: z.string(),
        inputTokenLimit: positive,
        supportedGenerationMethods: z.array(z.string()).default([]),
      }),
    ),
  })
  .transform(({ models }) =>
    models
      .filter((model) => model.supportedGenerationMethods.includes('generateContent') && !NOT_CHAT.test(model.name))
      .map((model) => {
        const name = model.name.replace(/^models\//, '')
        return describe(name, model.inputTokenLimit, name.startsWith('gemini') ? true : undefined)
      }),
  )
