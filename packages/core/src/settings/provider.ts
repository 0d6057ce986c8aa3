/** Model providers: as they are stored, shown and used. */
import { coreErrors } from '../errors.ts'
import type { SecretBox } from '../ports/index.ts'

export type ProviderKind = 'openai-compatible' | 'anthropic' | 'google'

export type ModelInfo = { name: string; vision?: boolean; contextWindow?: number }

interface ProviderFields {
  readonly id: string
  readonly kind: ProviderKind
  readonly name: string
  readonly baseUrl: string
  readonly models: ModelInfo[]
}

/** With its key in the open: never leaves the process. */
export type ProviderSecret = ProviderFields & { readonly apiKey: string }

/** `sealedKey` is null when there is no key. */
export type StoredProvider = ProviderFields & { readonly sealedKey: string | null }

export type ProviderView = ProviderFields & {
  readonly hasKey: boolean
  readonly source: 'settings' | 'environment'
}

export interface ProviderInput {
  readonly id: string
  readonly kind: ProviderKind
  readonly name: string
  readonly baseUrl: string
  /** Absent keeps the stored key, empty removes it. */
  readonly apiKey?: string | undefined
  readonly models: readonly {
    readonly name: string
    readonly vision?: boolean | undefined
    readonly contextWindow?: number | undefined
  }[]
}

const kinds: readonly ProviderKind[] = ['openai-compatible', 'anthropic', 'google']
const MAX_KEY = 500

/** What is stored for an input; `stored` is the provider as it was. Errors: `invalid_settings`, `key_required`. */
export function storedOf(input: ProviderInput, stored: StoredProvider | undefined, secrets: SecretBox): StoredProvider {
  checkProvider(input)
  const { id, kind, name, baseUrl } = input
  const models = input.models.map(({ name, vision, contextWindow }) => ({
    name,
    ...(vision === undefined ? {} : { vision }),
    ...(contextWindow === undefined ? {} : { contextWindow }),
  }))
  return { id, kind, name: name.trim() || id, baseUrl, models, sealedKey: sealedKeyOf(input, stored, secrets) }
}

function sealedKeyOf(
  input: Pick<ProviderInput, 'id' | 'kind' | 'baseUrl' | 'apiKey'>,
  stored: StoredProvider | undefined,
  secrets: SecretBox,
): string | null {
  if (input.apiKey !== undefined) return input.apiKey === '' ? null : secrets.seal(input.apiKey)
  if (!stored?.sealedKey) return null
  if (!mayKeepKey(input, stored)) throw coreErrors.key_required({ details: { id: input.id } })
  return stored.sealedKey
}

/** A stored key goes to the server it was entered for, and to no other: else changing the address would reveal it. */
export function mayKeepKey(input: Pick<ProviderInput, 'kind' | 'baseUrl'>, stored: StoredProvider): boolean {
  return input.kind === stored.kind && originOf(input.baseUrl) === originOf(stored.baseUrl)
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url
}

/** Errors: `invalid_settings`. */
export function checkProvider(input: Pick<ProviderInput, 'id' | 'kind' | 'baseUrl' | 'apiKey'>): void {
  if (!/^[a-z0-9][a-z0-9_-]{0,39}$/.test(input.id)) throw invalidSettings(`"${input.id}" is not a provider id.`)
  if (!kinds.includes(input.kind)) throw invalidSettings(`There is no provider kind "${input.kind}".`)
  if ((input.apiKey?.length ?? 0) > MAX_KEY) throw invalidSettings(`An API key has at most ${MAX_KEY} characters.`)
  if (input.baseUrl === '' && input.kind !== 'openai-compatible') return
  const url = URL.canParse(input.baseUrl) ? new URL(input.baseUrl) : undefined
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw invalidSettings(`The address of provider ${input.id} is not an http(s) URL.`)
  }
  if (url.username !== '' || url.password !== '') {
    throw invalidSettings(`The address of provider ${input.id} must not contain a user name or password.`)
  }
}

export function viewOfStored({ sealedKey, ...fields }: StoredProvider): ProviderView {
  return { ...fields, hasKey: sealedKey !== null, source: 'settings' }
}

export function viewOfEnvironment({ apiKey, ...fields }: ProviderSecret): ProviderView {
  return { ...fields, hasKey: apiKey !== '', source: 'environment' }
}

/** A key sealed under another secret counts as absent: the model server will say what is missing. */
export function openedOf({ sealedKey, ...fields }: StoredProvider, secrets: SecretBox): ProviderSecret {
  return { ...fields, apiKey: opened(sealedKey, secrets) }
}

export function opened(sealedKey: string | null, secrets: SecretBox): string {
  if (sealedKey === null) return ''
  try {
    return secrets.open(sealedKey)
  } catch {
    return ''
  }
}

export function invalidSettings(reason: string): Error {
  return coreErrors.invalid_settings({ details: { reason } })
}
