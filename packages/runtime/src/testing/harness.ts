/** Engine, models and tools around one seat double and the settings of a test. */
import { type Logger, systemClock } from '@parley/base'
import type { ModelTimeouts } from '../models/deadlines.ts'
import { createModels, type ModelRouter } from '../models/model-router.ts'
import type { ModelSettings, ProviderConfig } from '../models/ports.ts'
import type { Outcome } from '../seat.ts'
import { createBuiltinTools } from '../tools/builtin/index.ts'
import { createToolRegistry } from '../tools/registry.ts'
import type { Tool } from '../tools/tool.ts'
import type { TurnLimits } from '../turns/limits.ts'
import type { TurnObserver } from '../turns/observer.ts'
import { TurnEngine } from '../turns/turn-engine.ts'
import { SeatDouble, SourceDouble, turnFor } from './seat-double.ts'

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly fields: Readonly<Record<string, unknown>>
  readonly message: string
}

/** Keeps every line, so that tests can look for what must not be there. */
export function recordingLogger(lines: LogLine[] = []): Logger & { readonly lines: readonly LogLine[] } {
  const at = (bound: Readonly<Record<string, unknown>>): Logger => {
    const log =
      (level: LogLine['level']) =>
      (fields: Readonly<Record<string, unknown>>, message: string): void =>
        void lines.push({ level, fields: { ...bound, ...fields }, message })
    return {
      debug: log('debug'),
      info: log('info'),
      warn: log('warn'),
      error: log('error'),
      child: (fields) => at({ ...bound, ...fields }),
    }
  }
  return { ...at({}), lines }
}

export function provider(url: string, fields: Partial<ProviderConfig> = {}): ProviderConfig {
  return { id: 'local', kind: 'openai-compatible', name: 'Local', baseUrl: url, apiKey: '', models: [], ...fields }
}

export interface HarnessOptions {
  readonly providers?: readonly ProviderConfig[]
  readonly defaultModel?: string
  readonly fallbackModels?: readonly string[]
  readonly timeouts?: Partial<ModelTimeouts>
  readonly limits?: Partial<TurnLimits>
  readonly tools?: readonly Tool[]
  readonly observer?: TurnObserver
  readonly concurrencyPerProvider?: number
}

export interface Harness extends AsyncDisposable {
  readonly engine: TurnEngine
  readonly source: SourceDouble
  readonly models: ModelRouter
  /** May be changed while turns run. */
  settings: ModelSettings
  readonly lines: readonly LogLine[]
  /** Runs one turn of the seat's first agent to its end. */
  answer(seat: SeatDouble, fields?: Parameters<typeof turnFor>[1]): Promise<Outcome>
}

export function harness(options: HarnessOptions): Harness {
  const logger = recordingLogger()
  const state = {
    settings: {
      providers: options.providers ?? [],
      defaultModel: options.defaultModel ?? 'local/test-model',
      fallbackModels: options.fallbackModels ?? [],
    } as ModelSettings,
  }
  const models = createModels({
    settings: { current: async () => state.settings },
    clock: systemClock,
    logger,
    demoPace: 0,
    ...(options.timeouts === undefined ? {} : { timeouts: options.timeouts }),
    ...(options.concurrencyPerProvider === undefined ? {} : { concurrencyPerProvider: options.concurrencyPerProvider }),
  })
  const source = new SourceDouble()
  const engine = new TurnEngine({
    source,
    models,
    tools: createToolRegistry([...createBuiltinTools({ timeZone: 'UTC' }), ...(options.tools ?? [])]),
    clock: systemClock,
    logger,
    limits: { timeZone: 'UTC', retryDelay: 5, ...options.limits },
    ...(options.observer === undefined ? {} : { observer: options.observer }),
  })
  engine.start()
  return {
    engine,
    source,
    models,
    get settings() {
      return state.settings
    },
    set settings(value) {
      state.settings = value
    },
    lines: logger.lines,
    answer(seat, fields) {
      source.add(turnFor(seat, fields).turn)
      return seat.ended
    },
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]()
      await models[Symbol.asyncDispose]()
    },
  }
}
