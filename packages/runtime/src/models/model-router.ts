/** Finds the models an answer may be written with, in the order they are tried, and guards their servers. */
import { type Clock, isParleyError, type Logger } from '@parley/base'
import { streamFromProvider } from './ai-sdk-model.ts'
import { CircuitBreaker } from './circuit-breaker.ts'
import { defaultTimeouts, type ModelTimeouts } from './deadlines.ts'
import { createDemoModel } from './demo/demo-model.ts'
import { failureClass, modelErrors } from './failures.ts'
import { createHttpTransport } from './http-transport.ts'
import type { LanguageModel, ModelRequest, StreamPart } from './language-model.ts'
import { DEMO_MODEL, DEMO_PROVIDER, parseModelId } from './model-id.ts'
import type { ModelSettings, ModelSettingsSource, ProviderConfig } from './ports.ts'
import { Slots } from './slots.ts'
import { DEFAULT_CONTEXT_WINDOW, traitsOf } from './traits.ts'

export interface ModelRouter extends AsyncDisposable {
  /**
   * The models to try for one answer: the wanted one (`provider/model`; empty means the default), then the fallbacks.
   * Never empty. A name nobody serves is there too: calling it fails with `model_missing`.
   */
  candidates(wanted: string): Promise<readonly LanguageModel[]>
}

export interface ModelRouterOptions {
  readonly settings: ModelSettingsSource
  readonly clock: Clock
  readonly logger: Logger
  readonly timeouts?: Partial<ModelTimeouts>
  /** Requests running at one provider at once; the others wait. Default 8. */
  readonly concurrencyPerProvider?: number
  /** Milliseconds between two pieces of the demo model's answer. Default 12. */
  readonly demoPace?: number
}

/** One server behind a provider: its failures and its places are shared by all its models. */
interface ServerState {
  readonly breaker: CircuitBreaker
  readonly slots: Slots
}

export function createModels(options: ModelRouterOptions): ModelRouter {
  const { settings, clock } = options
  const logger = options.logger.child({ component: 'models' })
  const timeouts = { ...defaultTimeouts, ...options.timeouts }
  const transport = createHttpTransport()
  const demo = createDemoModel({ clock, pace: options.demoPace ?? 12 })
  let servers = new Map<string, ServerState>()

  /** Servers that left the settings are forgotten, so a corrected address starts with a clean record. */
  const keepServers = (providers: readonly ProviderConfig[]): void => {
    const kept = new Map<string, ServerState>()
    for (const provider of providers) {
      const key = `${provider.id}\n${provider.baseUrl}`
      const size = options.concurrencyPerProvider ?? 8
      kept.set(key, servers.get(key) ?? { breaker: new CircuitBreaker(), slots: new Slots(size) })
    }
    servers = kept
  }

  const openModel = (provider: ProviderConfig, name: string): LanguageModel => {
    const server = servers.get(`${provider.id}\n${provider.baseUrl}`) as ServerState
    const source = { provider: provider.name || provider.id, model: `${provider.id}/${name}` }
    return {
      id: source.model,
      traits: traitsOf(provider, name),
      async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<StreamPart> {
        const release = await server.slots.acquire(signal)
        try {
          if (!server.breaker.tryEnter(clock.now()))
            throw modelErrors.model_unreachable({ details: { ...source, settled: true } })
          let settled = false
          try {
            const call = { provider, name, fetch: transport.fetch, timeouts, clock, logger }
            for await (const part of streamFromProvider(call, request, signal)) {
              if (!settled) server.breaker.succeeded()
              settled = true
              yield part
            }
          } catch (error) {
            if (!settled) {
              const kind = isParleyError(error) ? failureClass(error) : undefined
              if (kind === undefined) server.breaker.cancelled()
              else if (kind === 'unreachable' || kind === 'server') server.breaker.failed(clock.now())
              else server.breaker.succeeded()
            }
            settled = true
            throw error
          } finally {
            if (!settled) server.breaker.cancelled()
          }
        } finally {
          release()
        }
      },
    }
  }

  const open = (current: ModelSettings, id: string): LanguageModel => {
    const parsed = parseModelId(id)
    if (parsed?.provider === DEMO_PROVIDER) return id === DEMO_MODEL ? demo : missing(id)
    const provider = current.providers.find((entry) => entry.id === parsed?.provider)
    if (provider !== undefined && parsed !== undefined) return openModel(provider, parsed.name)
    // A bare name, or one whose slash belongs to the model: whoever lists it serves it.
    const lister = current.providers.find((entry) => entry.models.some((model) => model.name === id))
    return lister === undefined ? missing(id) : openModel(lister, id)
  }

  return {
    async candidates(wanted) {
      const current = await settings.current()
      keepServers(current.providers)
      const first = wanted || current.defaultModel || DEMO_MODEL
      const ids = first === DEMO_MODEL ? [first] : [...new Set([first, ...current.fallbackModels])]
      return ids.filter((id) => id !== '').map((id) => open(current, id))
    },
    [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
  }
}

function missing(id: string): LanguageModel {
  return {
    id,
    traits: { vision: false, contextWindow: DEFAULT_CONTEXT_WINDOW, imageTypes: [] },
    // biome-ignore lint/correctness/useYield: it only ever fails
    async *stream() {
      throw modelErrors.model_missing({ details: { model: id, provider: parseModelId(id)?.provider ?? id } })
    },
  }
}
