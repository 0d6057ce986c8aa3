/**
 * Runs the agents beside the server. The runtime with its model libraries is loaded after the server listens: it takes
 * longer than everything else, and nobody needs it in the first moments.
 */
import type { Clock, Logger } from '@parley/base'
import { type AnswerTurns, bells } from '@parley/core'
import type { Bus } from '@parley/core/ports'
import type {
  ModelSettingsSource,
  ToolRegistry,
  TurnEngine,
  TurnLimits,
  TurnObserver,
  TurnSource,
} from '@parley/runtime'
import type { ModelDirectory } from './edges/workspace/model-directory.ts'
import type { EnvironmentModels } from './environment-models.ts'
import { convertImage } from './image-converter.ts'
import { ModelScout } from './model-scout.ts'

export interface RuntimeHostPorts {
  readonly source: TurnSource
  readonly turns: Pick<AnswerTurns, 'recover'>
  readonly models: ModelSettingsSource
  readonly environment: EnvironmentModels
  readonly bus: Bus
  readonly observer: TurnObserver
}

export interface RuntimeOverrides {
  /** False leaves answers waiting: for tests of the waiting line. */
  readonly enabled?: boolean
  /** False looks for no model servers, neither local ones nor the models of the configured one. */
  readonly probe?: boolean
  readonly limits?: Partial<TurnLimits>
  /** Milliseconds between two pieces of the demo model's answer. */
  readonly demoPace?: number
}

interface Started {
  readonly engine: TurnEngine
  readonly close: () => Promise<void>
}

export class RuntimeHost {
  readonly #ports: RuntimeHostPorts
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #overrides: RuntimeOverrides
  readonly #scout: ModelScout
  #started: Promise<Started | undefined> | undefined
  #tools: Promise<ToolRegistry> | undefined

  constructor(ports: RuntimeHostPorts, clock: Clock, logger: Logger, overrides: RuntimeOverrides = {}) {
    this.#ports = ports
    this.#clock = clock
    this.#logger = logger
    this.#overrides = overrides
    const changed = (): void => ports.bus.ring(bells.settings, 0)
    this.#scout = new ModelScout(ports.environment, clock, changed, overrides.probe ?? true)
  }

  /** Loads the runtime and lets it claim answers, in the background. */
  start(): void {
    this.#started ??= this.#start().catch((error: unknown) => {
      this.#logger.error({ err: error }, 'the agents could not be started')
      return undefined
    })
  }

  /** Claims no more, gives running answers `graceMs` to finish and ends the rest as interrupted. */
  async drain(graceMs: number): Promise<void> {
    this.#scout[Symbol.dispose]()
    const started = await this.#started
    await started?.engine.drain(graceMs)
    await started?.close()
  }

  get directory(): ModelDirectory {
    return {
      offers: () => this.#scout.offers(),
      tools: async () => (await this.#loadTools()).list().map(({ name, description }) => ({ name, description })),
      test: (provider) => this.#scout.test(provider),
    }
  }

  async #start(): Promise<Started | undefined> {
    const { source, turns, models: modelSettings, observer } = this.#ports
    const released = await turns.recover()
    if (released > 0) this.#logger.info({ released }, 'answers of the last run are taken up again')
    if (this.#overrides.enabled === false) return undefined
    const { createModels, TurnEngine } = await import('@parley/runtime')
    const models = createModels({
      settings: modelSettings,
      clock: this.#clock,
      logger: this.#logger,
      ...(this.#overrides.demoPace === undefined ? {} : { demoPace: this.#overrides.demoPace }),
    })
    const engine = new TurnEngine({
      source,
      models,
      tools: await this.#loadTools(),
      clock: this.#clock,
      logger: this.#logger,
      observer,
      convertImage,
      ...(this.#overrides.limits === undefined ? {} : { limits: this.#overrides.limits }),
    })
    engine.start()
    this.#scout.start()
    return { engine, close: () => models[Symbol.asyncDispose]() as Promise<void> }
  }

  #loadTools(): Promise<ToolRegistry> {
    this.#tools ??= import('@parley/runtime').then(({ createBuiltinTools, createToolRegistry }) =>
      createToolRegistry(createBuiltinTools()),
    )
    return this.#tools
  }
}
