import { describe, expect, test } from 'vitest'
import { modelErrors } from './failures.ts'
import { type CallHistory, nextStep } from './recovery.ts'

const fresh: CallHistory = { attempts: 1, repairs: [], shown: false, hasFallback: true, retryDelay: 500 }
const alone = { ...fresh, hasFallback: false }

describe('recovery (spec/runtime §7.5)', () => {
  test('unreachable and server: two retries with back-off, then the fallback', () => {
    for (const error of [modelErrors.model_unreachable(), modelErrors.model_server()]) {
      expect(nextStep(error, fresh, () => 1)).toEqual({ kind: 'retry', afterMs: 500 })
      expect(nextStep(error, { ...fresh, attempts: 2 }, () => 1)).toEqual({ kind: 'retry', afterMs: 1000 })
      expect(nextStep(error, { ...fresh, attempts: 3 })).toEqual({ kind: 'fallback' })
      expect(nextStep(error, { ...alone, attempts: 3 })).toEqual({ kind: 'fail' })
    }
  })

  test('rate limited: a short Retry-After is honoured, a long one means another model', () => {
    expect(nextStep(modelErrors.model_rate_limited({ retryAfter: 7 }), fresh)).toEqual({ kind: 'retry', afterMs: 7000 })
    expect(nextStep(modelErrors.model_rate_limited({ retryAfter: 31 }), fresh)).toEqual({ kind: 'fallback' })
    expect(nextStep(modelErrors.model_rate_limited({ retryAfter: 31 }), alone)).toEqual({ kind: 'fail' })
    expect(nextStep(modelErrors.model_rate_limited(), fresh)).toEqual({ kind: 'fallback' })
    expect(nextStep(modelErrors.model_rate_limited(), alone)).toMatchObject({ kind: 'retry' })
  })

  test('auth, missing model and timeout: no retry, another model', () => {
    for (const error of [modelErrors.model_auth(), modelErrors.model_missing(), modelErrors.model_timeout()]) {
      expect(nextStep(error, fresh)).toEqual({ kind: 'fallback' })
      expect(nextStep(error, alone)).toEqual({ kind: 'fail' })
    }
  })

  test('each repair is made once', () => {
    const cases = [
      [modelErrors.model_images_refused(), 'images'],
      [modelErrors.model_tools_refused(), 'tools'],
      [modelErrors.model_template_refused(), 'template'],
      [modelErrors.model_context_overflow(), 'overflow'],
    ] as const
    for (const [error, repair] of cases) {
      expect(nextStep(error, fresh)).toEqual({ kind: 'repair', repair })
      expect(nextStep(error, { ...fresh, repairs: [repair] })).toEqual({ kind: 'fallback' })
      expect(nextStep(error, { ...alone, repairs: [repair] })).toEqual({ kind: 'fail' })
    }
  })

  test('empty: one more try at once', () => {
    expect(nextStep(modelErrors.model_empty(), alone)).toEqual({ kind: 'retry', afterMs: 0 })
    expect(nextStep(modelErrors.model_empty(), { ...alone, attempts: 2 })).toEqual({ kind: 'fail' })
  })

  test('nothing is repeated once text was shown, nor after a refusal by content or our own fault', () => {
    for (const error of [modelErrors.model_server(), modelErrors.model_timeout(), modelErrors.model_images_refused()]) {
      expect(nextStep(error, { ...fresh, shown: true })).toEqual({ kind: 'fail' })
    }
    expect(nextStep(modelErrors.model_content_filter(), fresh)).toEqual({ kind: 'fail' })
    expect(nextStep(new Error('bug'), fresh)).toEqual({ kind: 'fail' })
  })
})
