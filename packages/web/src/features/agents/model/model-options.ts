/** The configured models as choices. A model's id is `provider/model`; the model part may hold slashes itself. */
import type { Settings } from '@parley/protocol/workspace'

export interface ModelChoice {
  /** `provider/model`. */
  readonly id: string
  readonly name: string
  readonly provider: string
  readonly vision: boolean
  /** Tokens, when known. */
  readonly contextWindow: number | undefined
}

export function modelChoices(settings: Pick<Settings, 'providers'>): readonly ModelChoice[] {
  return settings.providers.flatMap((provider) =>
    provider.models.map((model) => ({
      id: `${provider.id}/${model.name}`,
      name: model.name,
      provider: provider.name,
      vision: model.vision ?? false,
      contextWindow: model.contextWindow,
    })),
  )
}

/** What to call a model id where there is little room: the part after the provider. */
export function modelLabel(id: string): string {
  const slash = id.indexOf('/')
  return slash === -1 ? id : id.slice(slash + 1)
}

/** `32k`, `1M`: context windows are always round in one of these. */
export function shortTokens(tokens: number): string {
  if (tokens >= 1_000_000) return `${Math.round(tokens / 100_000) / 10}M`
  return tokens >= 1000 ? `${Math.round(tokens / (tokens % 1024 === 0 ? 1024 : 1000))}k` : String(tokens)
}
