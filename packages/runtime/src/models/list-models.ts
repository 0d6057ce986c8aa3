/** Asks a model server which models it has: the "test" button of the settings, and the search for local servers. */
import { type Clock, parseJson } from '@parley/base'
import { z } from 'zod'
import { linkAbort } from '../linked-abort.ts'
import { checkedKey } from './api-key.ts'
import { serverRoot } from './base-url.ts'
import { classifyReply, isNetworkError, type ModelSource } from './classify-failure.ts'
import { failureClass, modelErrors } from './failures.ts'
import { createHttpTransport, type Fetch } from './http-transport.ts'
import {
  anthropicListing,
  googleListing,
  type ListedModel,
  lmStudioListing,
  ollamaListing,
  openAiListing,
} from './listings.ts'
import type { ProviderConfig } from './ports.ts'

export type ProviderAddress = Pick<ProviderConfig, 'id' | 'kind' | 'baseUrl' | 'apiKey'> & { readonly name?: string }

export interface ModelListing {
  readonly models: readonly ListedModel[]
  /** Milliseconds until the server answered. */
  readonly latencyMs: number
}

export interface ListModelsOptions {
  readonly clock: Clock
  /** Default: an own connection that is closed afterwards. */
  readonly fetch?: Fetch
  /** Milliseconds for everything. Default 10 000. */
  readonly timeout?: number
  readonly signal?: AbortSignal
}

const MAX_LISTING_BYTES = 4_000_000

/** Lists the chat models of a server. Throws the errors of `models/failures.ts`; stores nothing. */
export async function listModels(provider: ProviderAddress, options: ListModelsOptions): Promise<ModelListing> {
  if (options.fetch !== undefined) return list(provider, options, options.fetch)
  await using transport = createHttpTransport()
  return await list(provider, options, transport.fetch)
}

async function list(provider: ProviderAddress, options: ListModelsOptions, fetch: Fetch): Promise<ModelListing> {
  const source: ModelSource = { provider: provider.name || provider.id, model: provider.id }
  const limit = AbortSignal.timeout(options.timeout ?? 10_000)
  using link = linkAbort(limit, options.signal)
  const { signal } = link
  const began = options.clock.now()
  let root: string
  try {
    root = serverRoot(provider.kind, provider.baseUrl)
  } catch (cause) {
    throw modelErrors.model_unreachable({ details: { ...source }, cause })
  }
  const version = /\/v\d+(beta)?$/.test(root) ? '' : provider.kind === 'google' ? '/v1beta' : '/v1'
  const get = async <Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> => {
    const response = await fetch(`${root}${path}`, {
      headers: authHeaders(provider, checkedKey(provider.apiKey, source)),
      signal,
    })
    const text = await readCapped(response)
    if (!response.ok) {
      const headers = Object.fromEntries(response.headers)
      throw classifyReply({ status: response.status, text, headers }, source, options.clock.now())
    }
    return schema.parse(parseJson(text))
  }
  /** A further listing a server may have: its absence says nothing. */
  const maybe = async <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
  ): Promise<z.output<Schema> | undefined> => {
    try {
      return await get(path, schema)
    } catch {
      signal.throwIfAborted()
      return undefined
    }
  }

  try {
    switch (provider.kind) {
      case 'anthropic': {
        const models = await get(`${version}/models?limit=1000`, anthropicListing)
        return { models, latencyMs: options.clock.now() - began }
      }
      case 'google': {
        const models = await get(`${version}/models?pageSize=1000`, googleListing)
        return { models, latencyMs: options.clock.now() - began }
      }
      case 'openai-compatible': {
        const plain = await get(`${version}/models`, openAiListing).catch(async (error: unknown) => {
          // Servers that are only Ollama's own API, or very old, have no /v1.
          const own = await maybe('/api/tags', ollamaListing)
          if (own === undefined) throw error
          return own
        })
        const latencyMs = options.clock.now() - began
        // LM Studio's own listing knows which models see and how long their window is.
        const rich = await maybe('/api/v0/models', lmStudioListing)
        return { models: rich ?? plain, latencyMs }
      }
    }
  } catch (error) {
    options.signal?.throwIfAborted()
    if (limit.aborted) throw modelErrors.model_timeout({ details: { ...source }, cause: error })
    if (failureClass(error) !== 'internal') throw error
    if (isNetworkError(error)) throw modelErrors.model_unreachable({ details: { ...source }, cause: error })
    throw modelErrors.model_foreign({ details: { ...source }, cause: error })
  }
}

function authHeaders({ kind }: ProviderAddress, apiKey: string): Record<string, string> {
  if (kind === 'anthropic') return { 'anthropic-version': '2023-06-01', 'x-api-key': apiKey }
  if (apiKey === '') return {}
  return kind === 'google' ? { 'x-goog-api-key': apiKey } : { authorization: `Bearer ${apiKey}` }
}

async function readCapped(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    if (text.length > MAX_LISTING_BYTES) throw new RangeError('The list of models is too long.')
  }
  return text + decoder.decode()
}
