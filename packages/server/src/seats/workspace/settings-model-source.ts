import type { Settings } from '@parley/core'
import type { ModelSettings, ModelSettingsSource } from '@parley/runtime'

/** Model servers as the settings of the workspace name them, read anew for each turn. */
export class SettingsModelSource implements ModelSettingsSource {
  readonly #settings: Settings

  constructor(settings: Settings) {
    this.#settings = settings
  }

  current(): Promise<ModelSettings> {
    return this.#settings.models()
  }
}
