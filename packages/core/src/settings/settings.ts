import { KeyedQueue } from '@parley/base'
import { bells } from '../bells.ts'
import { coreErrors } from '../errors.ts'
import type { Caller } from '../identity/caller.ts'
import type { Ledger } from '../ledger.ts'
import { reaches } from '../policy/access.ts'
import { auditOp } from '../policy/audit-op.ts'
import type { Role, SecretBox, SettingsReader, WriteOp } from '../ports/index.ts'
import type { Stamps } from '../stamps.ts'
import {
  checkProvider,
  invalidSettings,
  mayKeepKey,
  opened,
  openedOf,
  type ProviderInput,
  type ProviderSecret,
  type ProviderView,
  type StoredProvider,
  storedOf,
  viewOfEnvironment,
  viewOfStored,
} from './provider.ts'

export interface SettingsPorts {
  readonly settings: SettingsReader
  readonly secrets: SecretBox
  readonly ledger: Ledger
  readonly stamps: Stamps
}

export interface SettingsOptions {
  /** Providers named by the environment: shown, not editable. */
  readonly environment?: readonly ProviderSecret[]
  /** Used while none is set. */
  readonly defaultModel?: string | undefined
  readonly appName?: string
}

export interface SettingsPatch {
  readonly appName?: string | undefined
  readonly defaultModel?: string | undefined
  readonly fallbackModels?: readonly string[] | undefined
  /** Replaces the stored ones; those of the environment stay. */
  readonly providers?: readonly ProviderInput[] | undefined
}

export interface SettingsView {
  readonly appName: string
  readonly defaultModel: string
  readonly fallbackModels: string[]
  readonly providers: ProviderView[]
}

export interface ModelSettings {
  readonly providers: readonly ProviderSecret[]
  /** `provider/model`; empty means the demo model. */
  readonly defaultModel: string
  readonly fallbackModels: readonly string[]
}

const APP_NAME = 'Parley'
const MAX_APP_NAME = 60
const MAX_MODEL = 200
const MAX_FALLBACKS = 10
const MAX_PROVIDERS = 50

/** Workspace settings. API keys go in and never come out. Changes ring `settings` and are audited without values. */
export class Settings {
  readonly #ports: SettingsPorts
  readonly #options: SettingsOptions
  readonly #queue = new KeyedQueue()

  constructor(ports: SettingsPorts, options: SettingsOptions = {}) {
    this.#ports = ports
    this.#options = options
  }

  /** Role member. */
  async view(caller: Caller): Promise<SettingsView> {
    requireRole(caller, 'member')
    const [appName, { defaultModel, fallbackModels }, stored] = await Promise.all([
      this.appName(),
      this.#choices(),
      this.#stored(),
    ])
    const providers = [...this.#environment().map(viewOfEnvironment), ...stored.map(viewOfStored)]
    return { appName, defaultModel, fallbackModels, providers }
  }

  async appName(): Promise<string> {
    const stored = await this.#ports.settings.get('appName')
    return typeof stored === 'string' ? stored : (this.#options.appName ?? APP_NAME)
  }

  /** Role admin. All of the patch or nothing. Errors: `forbidden`, `invalid_settings`, `key_required`. */
  async update(caller: Caller, patch: SettingsPatch): Promise<void> {
    requireRole(caller, 'admin')
    const { ledger, stamps } = this.#ports
    await this.#queue.run('settings', async () => {
      const unit: WriteOp[] = []
      const put = (name: string, value: unknown): void => void unit.push({ op: 'setting.put', name, value })
      if (patch.appName !== undefined) put('appName', checkedAppName(patch.appName))
      if (patch.defaultModel !== undefined) put('defaultModel', checkedModel(patch.defaultModel))
      if (patch.fallbackModels) put('fallbackModels', checkedFallbacks(patch.fallbackModels))
      if (patch.providers) put('providers', await this.#replaced(patch.providers))
      if (unit.length === 0) return
      const names = unit.map((op) => (op.op === 'setting.put' ? op.name : op.op))
      unit.push(auditOp(stamps, caller.userId, 'settings.updated', 'settings', { names }))
      await ledger.commit(unit, [bells.settings])
    })
  }

  /**
   * For a connection test, role admin: the provider with the stored key when `apiKey` is absent.
   * Errors: `forbidden`, `invalid_settings`, `key_required`.
   */
  async candidate(caller: Caller, input: Omit<ProviderInput, 'models' | 'name'>): Promise<ProviderSecret> {
    requireRole(caller, 'admin')
    checkProvider(input)
    const { id, kind, baseUrl } = input
    const fields = { id, kind, name: id, baseUrl, models: [] }
    if (input.apiKey !== undefined) return { ...fields, apiKey: input.apiKey }
    const fixed = this.#environment().find((provider) => provider.id === id)
    const stored = fixed ? { ...fixed, sealedKey: null } : (await this.#stored()).find((provider) => provider.id === id)
    const apiKey = fixed ? fixed.apiKey : opened(stored?.sealedKey ?? null, this.#ports.secrets)
    if (stored && apiKey !== '' && !mayKeepKey(input, stored)) throw coreErrors.key_required({ details: { id } })
    return { ...fields, apiKey }
  }

  /** For the runtime, read at the start of each turn: keys in the open. */
  async models(): Promise<ModelSettings> {
    const [choices, stored] = await Promise.all([this.#choices(), this.#stored()])
    const opened = stored.map((provider) => openedOf(provider, this.#ports.secrets))
    return { ...choices, providers: [...this.#environment(), ...opened] }
  }

  async #choices(): Promise<{ defaultModel: string; fallbackModels: string[] }> {
    const { settings } = this.#ports
    const [model, fallbacks] = await Promise.all([settings.get('defaultModel'), settings.get('fallbackModels')])
    const defaultModel = typeof model === 'string' && model !== '' ? model : (this.#options.defaultModel ?? '')
    return { defaultModel, fallbackModels: (fallbacks as string[] | undefined) ?? [] }
  }

  /** Without those whose id the environment has taken since. */
  async #stored(): Promise<readonly StoredProvider[]> {
    const stored = ((await this.#ports.settings.get('providers')) as StoredProvider[] | undefined) ?? []
    const fixed = new Set(this.#environment().map((provider) => provider.id))
    return stored.filter((provider) => !fixed.has(provider.id))
  }

  async #replaced(inputs: readonly ProviderInput[]): Promise<readonly StoredProvider[]> {
    if (inputs.length > MAX_PROVIDERS) throw invalidSettings(`There can be ${MAX_PROVIDERS} providers at most.`)
    const stored = new Map((await this.#stored()).map((provider) => [provider.id, provider]))
    const fixed = new Set(this.#environment().map((provider) => provider.id))
    const seen = new Set<string>()
    const result: StoredProvider[] = []
    for (const input of inputs) {
      if (seen.has(input.id)) throw invalidSettings(`The provider id "${input.id}" is used twice.`)
      if (fixed.has(input.id)) throw invalidSettings(`The provider "${input.id}" comes from the environment.`)
      seen.add(input.id)
      result.push(storedOf(input, stored.get(input.id), this.#ports.secrets))
    }
    return result
  }

  #environment(): readonly ProviderSecret[] {
    return this.#options.environment ?? []
  }
}

function requireRole(caller: Caller, role: Role): void {
  if (!reaches(caller.role, role)) throw coreErrors.forbidden({ details: { role } })
}

function checkedAppName(name: string): string {
  const trimmed = name.trim()
  if (trimmed !== '' && trimmed.length <= MAX_APP_NAME) return trimmed
  throw invalidSettings(`The name of the app has 1 to ${MAX_APP_NAME} characters.`)
}

function checkedModel(model: string): string {
  const trimmed = model.trim()
  if (trimmed.length > MAX_MODEL) throw invalidSettings(`A model name has at most ${MAX_MODEL} characters.`)
  return trimmed
}

function checkedFallbacks(models: readonly string[]): readonly string[] {
  if (models.length > MAX_FALLBACKS) throw invalidSettings(`There can be ${MAX_FALLBACKS} fallback models at most.`)
  return [...new Set(models.map(checkedModel).filter((model) => model !== ''))]
}
