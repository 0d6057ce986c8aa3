/** The form of one model provider as data: what is typed, what is wrong with it, what is sent. */
import type { Model, Provider, ProviderInput, ProviderKind, Settings } from '@parley/protocol/workspace'
import { type ProviderPreset, presetOf } from '../presets.ts'

export interface ProviderForm {
  /** The id is fixed once stored: agents name it in their model. */
  readonly id: string
  readonly kind: ProviderKind
  readonly name: string
  readonly baseUrl: string
  /** Null keeps the stored key, empty removes it. */
  readonly key: string | null
  readonly hasKey: boolean
  readonly models: readonly Model[]
  readonly preset: ProviderPreset | undefined
}

/** A form for a new provider. `taken` are the ids in use. */
export function formOfPreset(preset: ProviderPreset, taken: readonly string[]): ProviderForm {
  const { kind, name, baseUrl } = preset
  return { id: freeId(preset.id, taken), kind, name, baseUrl, key: '', hasKey: false, models: [], preset }
}

export function formOfProvider(provider: Provider): ProviderForm {
  const { id, kind, name, baseUrl, hasKey, models } = provider
  return { id, kind, name, baseUrl, key: null, hasKey, models, preset: presetOf(provider) }
}

/** `openai`, else `openai-2`, `openai-3` … */
export function freeId(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted
  for (let number = 2; ; number++) if (!taken.includes(`${wanted}-${number}`)) return `${wanted}-${number}`
}

type AddressProblem = 'empty' | 'invalid' | 'credentials' | null

export function addressProblem(form: Pick<ProviderForm, 'kind' | 'baseUrl'>): AddressProblem {
  const address = form.baseUrl.trim()
  if (address === '') return form.kind === 'openai-compatible' ? 'empty' : null
  if (!/^https?:\/\/./i.test(address) || !URL.canParse(address)) return 'invalid'
  const url = new URL(address)
  return url.username === '' && url.password === '' ? null : 'credentials'
}

/** True when the stored key will not be sent: the server keeps keys to the address they were entered for. */
export function needsKeyAgain(form: ProviderForm, stored: Pick<Provider, 'baseUrl' | 'hasKey'> | undefined): boolean {
  return (
    stored !== undefined && stored.hasKey && form.key === null && originOf(form.baseUrl) !== originOf(stored.baseUrl)
  )
}

function originOf(address: string): string {
  return URL.canParse(address.trim()) ? new URL(address.trim()).origin : address.trim()
}

/** What the server is asked with the Test button. */
export function testInput(form: ProviderForm): Omit<ProviderInput, 'models' | 'name'> {
  return {
    id: form.id,
    kind: form.kind,
    baseUrl: form.baseUrl.trim(),
    ...(form.key === null ? {} : { apiKey: form.key.trim() }),
  }
}

export function inputOf(form: ProviderForm): ProviderInput {
  return { ...testInput(form), name: form.name.trim(), models: [...form.models] }
}

/** A stored provider as it is sent back unchanged: without a key the stored one stays. */
function unchanged({ id, kind, name, baseUrl, models }: Provider): ProviderInput {
  return { id, kind, name, baseUrl, models }
}

/** The whole list with one provider added or replaced; those of the environment are not ours to send. */
export function withProvider(settings: Pick<Settings, 'providers'>, input: ProviderInput): ProviderInput[] {
  const own = settings.providers.filter((provider) => provider.source === 'settings')
  const known = own.some((provider) => provider.id === input.id)
  const list = own.map((provider) => (provider.id === input.id ? input : unchanged(provider)))
  return known ? list : [...list, input]
}

export function withoutProvider(settings: Pick<Settings, 'providers'>, id: string): ProviderInput[] {
  return settings.providers.filter((provider) => provider.source === 'settings' && provider.id !== id).map(unchanged)
}

/** Offered and chosen models as one list: the chosen ones that the server no longer lists stay visible. */
export function listedModels(chosen: readonly Model[], offered: readonly Model[]): readonly Model[] {
  const names = new Set(offered.map((model) => model.name))
  return [...chosen.filter((model) => !names.has(model.name)), ...offered]
}

/** Chosen models with one switched; what the server tells about a model is kept with it. */
export function toggleModel(chosen: readonly Model[], model: Model, on: boolean): readonly Model[] {
  const others = chosen.filter((other) => other.name !== model.name)
  return on ? [...others, model] : others
}
