/** What to do after a failed model call (spec/runtime §7.5). Pure: from what happened to the next step. */
import { backoffDelay, hasCode, isParleyError } from '@parley/base'
import { failureClass } from './failures.ts'

export type Repair = 'images' | 'tools' | 'template' | 'overflow'

export interface CallHistory {
  /** Failed attempts with this model since the last repair. */
  readonly attempts: number
  /** Repairs already made for this model. */
  readonly repairs: readonly Repair[]
  /** Text of this call that people have seen. */
  readonly shown: boolean
  readonly hasFallback: boolean
  /** Milliseconds of the first back-off; doubles with each attempt. */
  readonly retryDelay: number
}

export type NextStep =
  | { readonly kind: 'retry'; readonly afterMs: number }
  | { readonly kind: 'repair'; readonly repair: Repair }
  | { readonly kind: 'fallback' }
  | { readonly kind: 'fail' }

const MAX_RETRY_AFTER_SECONDS = 30

const REPAIRS: Readonly<Record<string, Repair>> = {
  model_images_refused: 'images',
  model_tools_refused: 'tools',
  model_template_refused: 'template',
  model_context_overflow: 'overflow',
}

/** Retries by class, for calls of which nothing was shown. */
const RETRIES: Readonly<Record<string, number>> = { unreachable: 2, server: 2, rate_limited: 2, empty: 1 }

export function nextStep(error: unknown, history: CallHistory, random?: () => number): NextStep {
  // A second try would contradict what people have already read.
  if (history.shown) return { kind: 'fail' }
  const kind = failureClass(error)
  if (kind === 'content_filter' || kind === 'internal') return { kind: 'fail' }
  const giveUp: NextStep = history.hasFallback ? { kind: 'fallback' } : { kind: 'fail' }

  const repair = isParleyError(error) ? REPAIRS[error.code] : undefined
  if (repair !== undefined) return history.repairs.includes(repair) ? giveUp : { kind: 'repair', repair }

  if (history.attempts > (RETRIES[kind] ?? 0) || isSettled(error)) return giveUp
  const retryAfter = isParleyError(error) ? error.retryAfter : undefined
  if (retryAfter !== undefined) {
    return retryAfter > MAX_RETRY_AFTER_SECONDS ? giveUp : { kind: 'retry', afterMs: Math.ceil(retryAfter * 1000) }
  }
  // Without a promised time another model is the better bet than knocking again.
  if (hasCode(error, 'model_rate_limited') && history.hasFallback) return giveUp
  return {
    kind: 'retry',
    afterMs:
      kind === 'empty'
        ? 0
        : backoffDelay({ base: history.retryDelay, max: history.retryDelay * 8 }, history.attempts - 1, random),
  }
}

/** The next try would end as this one did: the address is wrong, or the server is being left alone. */
function isSettled(error: unknown): boolean {
  return hasCode(error, 'model_foreign') || (isParleyError(error) && error.details.settled === true)
}
