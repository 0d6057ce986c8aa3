/** Finds out which model servers there are and what they have: on this machine, and at OPENAI_BASE_URL. */
import { backoffDelay, type Clock, sleep } from '@parley/base'
import type { ProviderSecret } from '@parley/core'
import type { LocalServer } from '@parley/runtime'
import type { ModelDirectory } from './edges/workspace/model-directory.ts'
import type { EnvironmentModels } from './environment-models.ts'
import { isListening } from './is-listening.ts'

/** Milliseconds after which somebody who looks at the offers has them looked for again. */
const FRESH_MS = 30_000
/** Where LM Studio and Ollama listen unless told otherwise. */
const LOCAL_PORTS = [1234, 11_434]
const RETRY = { base: 1_000, max: 60_000 }

export class ModelScout implements Disposable {
  readonly #environment: EnvironmentModels
  readonly #clock: Clock
  readonly #changed: () => void
  readonly #enabled: boolean
  readonly #stop = new AbortController()
  #found: readonly LocalServer[] = []
  #searchedAt = Number.NEGATIVE_INFINITY

  /** `changed` is called when offers or models are not what they were. */
  constructor(environment: EnvironmentModels, clock: Clock, changed: () => void, enabled: boolean) {
    this.#environment = environment
    this.#clock = clock
    this.#changed = changed
    this.#enabled = enabled
  }

  /** Looks around in the background. */
  start(): void {
    if (!this.#enabled) return
    void this.#search()
    void this.#askEnvironment()
  }

  /** What is known now; an old answer is renewed for the next caller. */
  async offers(): ReturnType<ModelDirectory['offers']> {
    if (this.#enabled && performance.now() - this.#searchedAt > FRESH_MS) void this.#search()
    return this.#found.map(({ id, name, baseUrl, models }) => ({
      id,
      name,
      baseUrl,
      models: models.map((model) => model.name),
    }))
  }

  async test(provider: ProviderSecret): ReturnType<ModelDirectory['test']> {
    const { listModels, toFailure } = await import('@parley/runtime')
    const began = performance.now()
    try {
      const { models, latencyMs } = await listModels(provider, { clock: this.#clock, signal: this.#stop.signal })
      return { ok: true, models: [...models], latencyMs }
    } catch (error) {
      const failure = toFailure(error)
      return { ok: false, models: [], latencyMs: performance.now() - began, failure }
    }
  }

  async #search(): Promise<void> {
    this.#searchedAt = performance.now()
    // A knock first: on most machines nothing listens, and then the HTTP client need not be loaded.
    const open = await Promise.all(LOCAL_PORTS.map((port) => isListening(port, this.#stop.signal)))
    if (!open.includes(true) && this.#found.length === 0) return
    const { detectLocalServers } = await import('@parley/runtime')
    try {
      const found = await detectLocalServers({ clock: this.#clock, signal: this.#stop.signal })
      const before = JSON.stringify(this.#found)
      this.#found = found
      if (JSON.stringify(found) !== before) this.#changed()
    } catch {
      // Only an end of the process stops the search; silent servers are simply not found.
    }
  }

  /** Asks until the server answers: it may be started after this one. */
  async #askEnvironment(): Promise<void> {
    const { signal } = this.#stop
    const { listModels } = await import('@parley/runtime')
    for (let attempt = 0; !signal.aborted; attempt++) {
      const [provider] = this.#environment.environment
      if (provider === undefined) return
      try {
        const { models } = await listModels(provider, { clock: this.#clock, signal })
        this.#environment.learn([...models])
        this.#changed()
        return
      } catch {
        await sleep(backoffDelay(RETRY, attempt), signal).catch(() => {})
      }
    }
  }

  [Symbol.dispose](): void {
    this.#stop.abort()
  }
}
