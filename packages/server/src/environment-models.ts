/** The model server named by OPENAI_BASE_URL, as a provider that settings show and nobody can edit. */
import type { ProviderSecret, SettingsOptions } from '@parley/core'
import type { LoadedConfig } from './config/index.ts'

const ID = 'environment'

/**
 * Options for `Settings`. Without PARLEY_DEFAULT_MODEL the first model the server lists becomes the default as soon as
 * {@link EnvironmentModels.learn} was told the list; the object is read anew at each use.
 */
export class EnvironmentModels implements SettingsOptions {
  readonly #provider: Omit<ProviderSecret, 'models'> | undefined
  readonly #chosen: string | undefined
  #models: ProviderSecret['models']

  constructor({ config, secrets }: LoadedConfig) {
    const { baseUrl, defaultModel } = config.models
    this.#chosen = defaultModel
    this.#models = []
    if (baseUrl === undefined) return
    const name = new URL(baseUrl).host
    this.#provider = { id: ID, kind: 'openai-compatible', name, baseUrl, apiKey: secrets.modelKey ?? '' }
    if (defaultModel !== undefined) this.#models = [{ name: withoutPrefix(defaultModel) }]
  }

  get environment(): readonly ProviderSecret[] {
    return this.#provider === undefined ? [] : [{ ...this.#provider, models: this.#models }]
  }

  /** `provider/model`, or undefined while none is known. */
  get defaultModel(): string | undefined {
    if (this.#provider === undefined) return this.#chosen
    const name = this.#chosen === undefined ? this.#models[0]?.name : withoutPrefix(this.#chosen)
    return name === undefined ? undefined : `${ID}/${name}`
  }

  /** Takes over what the server says it has; the chosen model stays first. */
  learn(models: ProviderSecret['models']): void {
    const chosen = this.#chosen === undefined ? undefined : withoutPrefix(this.#chosen)
    const listed = models.find((model) => model.name === chosen)
    const first = chosen === undefined ? [] : [listed ?? { name: chosen }]
    this.#models = [...first, ...models.filter((model) => model.name !== chosen)]
  }
}

function withoutPrefix(model: string): string {
  return model.startsWith(`${ID}/`) ? model.slice(ID.length + 1) : model
}
