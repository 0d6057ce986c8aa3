/** What the runtime must be told about model servers. The host reads it from settings and environment. */

export interface ProviderConfig {
  readonly id: string
  readonly kind: 'openai-compatible' | 'anthropic' | 'google'
  readonly name: string
  readonly baseUrl: string
  readonly apiKey: string
  readonly models: readonly { readonly name: string; readonly vision?: boolean; readonly contextWindow?: number }[]
}

export interface ModelSettings {
  readonly providers: readonly ProviderConfig[]
  /** `provider/model`; empty means the demo model. */
  readonly defaultModel: string
  readonly fallbackModels: readonly string[]
}

/** Read at the start of each turn, so a changed setting reaches the next answer at once. */
export interface ModelSettingsSource {
  current(): Promise<ModelSettings>
}
