import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAbort, sleep } from './abort.ts'
import { backoffDelay } from './backoff.ts'

test('sleep rejects with the reason of its signal, before or while it sleeps', async () => {
  await expect(sleep(10_000, AbortSignal.abort('early'))).rejects.toBe('early')
  const controller = new AbortController()
  const sleeping = sleep(10_000, controller.signal)
  controller.abort('stopped')
  await expect(sleeping).rejects.toBe('stopped')
  expect(isAbort('stopped', controller.signal)).toBe(true)
  expect(isAbort(new Error('other'), controller.signal)).toBe(false)
})

test('a back-off delay stays between half and all of the capped exponential', () => {
  fc.assert(
    fc.property(fc.nat({ max: 40 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const delay = backoffDelay({ base: 100, max: 30_000 }, attempt, () => random)
      const ceiling = Math.min(30_000, 100 * 2 ** attempt)
      expect(delay).toBeGreaterThanOrEqual(Math.floor(ceiling / 2))
      expect(delay).toBeLessThanOrEqual(ceiling)
    }),
  )
})
