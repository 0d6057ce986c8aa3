/** Looks for model servers on this machine, so that a newcomer has something to choose from. */
import type { Clock } from '@parley/base'
import { createHttpTransport, type Fetch } from './http-transport.ts'
import { listModels } from './list-models.ts'
import type { ListedModel } from './listings.ts'

export interface LocalServer {
  /** Provider id to offer. */
  readonly id: 'lmstudio' | 'ollama'
  readonly name: string
  readonly baseUrl: string
  readonly models: readonly ListedModel[]
}

export interface DetectOptions {
  readonly clock: Clock
  readonly fetch?: Fetch
  /** Default 1234 (LM Studio) and 11434 (Ollama). */
  readonly ports?: { readonly lmStudio?: number; readonly ollama?: number }
  /** Milliseconds per server. Default 1 500. */
  readonly timeout?: number
  readonly signal?: AbortSignal
}

/** The servers that answer on loopback, with their models. Never throws for a silent or foreign server. */
export async function detectLocalServers(options: DetectOptions): Promise<readonly LocalServer[]> {
  await using transport = options.fetch === undefined ? createHttpTransport() : undefined
  const fetch = options.fetch ?? (transport as { fetch: Fetch }).fetch
  const known = [
    { id: 'lmstudio', name: 'LM Studio', port: options.ports?.lmStudio ?? 1234 },
    { id: 'ollama', name: 'Ollama', port: options.ports?.ollama ?? 11_434 },
  ] as const
  const found = await Promise.all(
    known.map(async ({ id, name, port }): Promise<LocalServer | undefined> => {
      const baseUrl = `http://127.0.0.1:${port}/v1`
      const provider = { id, kind: 'openai-compatible', name, baseUrl, apiKey: '' } as const
      try {
        const { models } = await listModels(provider, {
          clock: options.clock,
          fetch,
          timeout: options.timeout ?? 1_500,
          ...(options.signal === undefined ? {} : { signal: options.signal }),
        })
        return { id, name, baseUrl, models }
      } catch {
        options.signal?.throwIfAborted()
        return undefined
      }
    }),
  )
  return found.filter((server) => server !== undefined)
}
