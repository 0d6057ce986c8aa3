/** Claims turns and runs them side by side until it is told to drain. */
import { backoffDelay, type Clock, type Logger, sleep } from '@parley/base'
import type { AgentServices } from '../agent/services.ts'
import { linkAbort } from '../linked-abort.ts'
import type { ImageConverter } from '../models/image-converter.ts'
import type { ModelRouter } from '../models/model-router.ts'
import type { Turn, TurnSource } from '../seat.ts'
import type { ToolRegistry } from '../tools/registry.ts'
import { guardedObserver } from './guarded-observer.ts'
import { defaultTurnLimits, type TurnLimits } from './limits.ts'
import type { TurnObserver } from './observer.ts'
import { runTurn, SHUTDOWN } from './run-turn.ts'

export interface TurnEngineOptions {
  readonly source: TurnSource
  readonly models: ModelRouter
  readonly tools: ToolRegistry
  readonly clock: Clock
  readonly logger: Logger
  readonly limits?: Partial<TurnLimits>
  readonly observer?: TurnObserver
  readonly convertImage?: ImageConverter
}

/** Milliseconds the ends of aborted turns may take to be stored. */
const CLOSING_TIME = 5_000
const CLAIM_BACKOFF = { base: 200, max: 5_000 }

export class TurnEngine implements AsyncDisposable {
  readonly #source: TurnSource
  readonly #services: AgentServices
  readonly #running = new Set<Promise<void>>()
  readonly #stopClaiming = new AbortController()
  readonly #shutdown = new AbortController()
  #loop: Promise<void> | undefined

  constructor(options: TurnEngineOptions) {
    this.#source = options.source
    const logger = options.logger.child({ component: 'turns' })
    this.#services = {
      models: options.models,
      tools: options.tools,
      clock: options.clock,
      logger,
      limits: { ...defaultTurnLimits, ...options.limits },
      convertImage: options.convertImage,
      observer: guardedObserver(options.observer ?? {}, logger),
    }
  }

  /** Turns running now. */
  get running(): number {
    return this.#running.size
  }

  /** Begins to claim. A second call does nothing. */
  start(): void {
    this.#loop ??= this.#run()
  }

  /**
   * Claims no more, waits up to `graceMs` for the running turns, then ends the rest as failed (`interrupted`, retryable).
   * Resolves when every end is stored, or could not be within 5 s.
   */
  async drain(graceMs: number): Promise<void> {
    this.#stopClaiming.abort()
    await within(graceMs, [this.#loop, ...this.#running])
    // A claim that was out when the claiming stopped may have brought turns since.
    if (this.#running.size === 0) return
    this.#shutdown.abort(SHUTDOWN)
    await within(CLOSING_TIME, this.#running)
  }

  /** Drains without patience. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.drain(0)
  }

  async #run(): Promise<void> {
    const stop = this.#stopClaiming.signal
    const { limits, logger } = this.#services
    let failures = 0
    while (!stop.aborted) {
      const free = limits.concurrency - this.#running.size
      if (free <= 0) {
        await raceAbort(Promise.race(this.#running), stop)
        continue
      }
      try {
        const turns = await this.#source.claim(free)
        for (const turn of turns) this.#launch(turn)
        if (turns.length === 0) await this.#wait(stop)
        failures = 0
      } catch (error) {
        if (stop.aborted) return
        logger.error(
          { error: error instanceof Error ? (error.stack ?? error.message) : String(error) },
          'claiming turns failed',
        )
        await sleep(backoffDelay(CLAIM_BACKOFF, failures++), stop).catch(() => {})
      }
    }
  }

  #launch(turn: Turn): void {
    const run: Promise<void> = runTurn(turn, this.#services, this.#shutdown.signal)
      .catch((error: unknown) => {
        this.#services.logger.error({ turn: turn.id, error: String(error) }, 'turn ended abnormally')
      })
      .finally(() => this.#running.delete(run))
    this.#running.add(run)
  }

  /** Until the source has news or a running turn ends (its conversation may have the next one). */
  async #wait(stop: AbortSignal): Promise<void> {
    using over = linkAbort(stop)
    const news = this.#source.wait(over.signal)
    try {
      await Promise.race([news, ...this.#running])
    } finally {
      over.abort('over')
      news.catch(() => {})
    }
  }
}

/** Resolves when all are settled or the time is up. */
async function within(milliseconds: number, work: Iterable<Promise<void> | undefined>): Promise<void> {
  const done = new AbortController()
  await Promise.race([Promise.all(work), sleep(milliseconds, done.signal).catch(() => {})])
  done.abort()
}

async function raceAbort(work: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const onAbort = (): void => resolve()
  signal.addEventListener('abort', onAbort, { once: true })
  await Promise.race([work, promise])
  signal.removeEventListener('abort', onAbort)
}
