import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TokenBucket } from './token-bucket.ts'

test('in any stretch of time no more pass than the burst and the rate allow', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 20 }), gaps, (perSecond, burst, waits) => {
      const bucket = new TokenBucket(perSecond, burst, 0)
      const passed: number[] = []
      let now = 0
      for (const wait of waits) {
        now += wait
        if (bucket.take(now) === 0) passed.push(now)
      }
      for (const [from, start] of passed.entries()) {
        for (const [to, end] of passed.entries()) {
          if (to < from) continue
          expect(to - from + 1).toBeLessThanOrEqual(burst + ((end - start) * perSecond) / 1_000 + 1e-6)
        }
      }
    }),
    { numRuns: 50 },
  )
})

test('after the time it names there is a token', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 9 }), (perSecond, burst) => {
      const bucket = new TokenBucket(perSecond, burst, 0)
      for (let i = 0; i < burst; i++) expect(bucket.take(0)).toBe(0)
      const wait = bucket.take(0)
      expect(wait).toBeGreaterThan(0)
      expect(bucket.take(wait + 0.001)).toBe(0)
    }),
  )
})

test('a clock that goes back gives nothing away', () => {
  const bucket = new TokenBucket(1, 1, 1_000)
  expect(bucket.take(1_000)).toBe(0)
  expect(bucket.take(0)).toBeGreaterThan(0)
  expect(bucket.take(1_500)).toBeGreaterThan(0)
})
