/** Lists of models in the shapes of the servers that have one. */

export interface ListedModel {
  readonly id: string
  readonly vision?: boolean
  readonly embedding?: boolean
  readonly contextWindow?: number
  readonly loaded?: boolean
}

/** Which further listings the server offers besides `/v1/models`. */
export type Flavour = 'openai' | 'lm-studio' | 'ollama' | 'anthropic' | 'google'

/** The reply to a GET of a listing path, or undefined when this flavour has no such path. */
export function listing(flavour: Flavour, path: string, models: readonly ListedModel[]): object | undefined {
  switch (path) {
    case '/v1/models':
      if (flavour === 'google') return undefined
      if (flavour === 'anthropic') {
        return {
          data: models.map((model) => ({ type: 'model', id: model.id, display_name: model.id })),
          has_more: false,
          first_id: models[0]?.id ?? null,
          last_id: models.at(-1)?.id ?? null,
        }
      }
      return { object: 'list', data: models.map((model) => ({ id: model.id, object: 'model', owned_by: 'test' })) }
    case '/api/v0/models':
      return flavour === 'lm-studio' ? { object: 'list', data: models.map(lmStudioModel) } : undefined
    case '/api/tags':
      return flavour === 'ollama'
        ? { models: models.map((model) => ({ name: model.id, model: model.id, details: { family: 'test' } })) }
        : undefined
    case '/v1beta/models':
      return flavour === 'google'
        ? {
            models: models.map((model) => ({
              name: `models/${model.id}`,
              inputTokenLimit: model.contextWindow ?? 1_048_576,
              supportedGenerationMethods: [model.embedding ? 'embedContent' : 'generateContent'],
            })),
          }
        : undefined
    default:
      return undefined
  }
}

function lmStudioModel(model: ListedModel): object {
  return {
    id: model.id,
    object: 'model',
    type: model.embedding ? 'embeddings' : model.vision ? 'vlm' : 'llm',
    publisher: 'test',
    arch: 'test',
    state: (model.loaded ?? true) ? 'loaded' : 'not-loaded',
    max_context_length: model.contextWindow ?? 32_768,
  }
}
