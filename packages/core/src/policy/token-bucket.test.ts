import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeyedBuckets } from './keyed-buckets.ts'
import { fullBucket, take } from './token-bucket.ts'

describe('token bucket', () => {
  it('gives the burst, then one token per interval', () => {
    const rate = { perSecond: 2, burst: 3 }
    let bucket = fullBucket(rate, 0)
    for (let i = 0; i < 3; i++) {
      const taken = take(bucket, rate, 0)
      expect(taken.ok).toBe(true)
      bucket = taken.bucket
    }
    expect(take(bucket, rate, 499)).toMatchObject({ ok: false, retryAfterSeconds: 1 })
    expect(take(bucket, rate, 500).ok).toBe(true)
  })

  it('never gives more than burst + rate × time, whatever the clock does', () => {
    const rate = { perSecond: 5, burst: 7 }
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -2000, max: 2000 }), { maxLength: 200 }), (steps) => {
        let now = 0
        let forward = 0
        let given = 0
        let bucket = fullBucket(rate, 0)
        for (const step of steps) {
          now += step
          forward += Math.max(0, step)
          const taken = take(bucket, rate, now)
          bucket = taken.bucket
          if (taken.ok) given++
        }
        expect(given).toBeLessThanOrEqual(rate.burst + (rate.perSecond * forward) / 1000 + 1e-6)
      }),
    )
  })

  it('tells a wait after which a token is there', () => {
    const rate = { perSecond: 0.25, burst: 1 }
    const { bucket } = take(fullBucket(rate, 0), rate, 0)
    const refused = take(bucket, rate, 1000)
    if (refused.ok) throw new Error('expected a refusal')
    expect(take(bucket, rate, 1000 + refused.retryAfterSeconds * 1000).ok).toBe(true)
  })

  it('forgets keys instead of growing under a flood', () => {
    const buckets = new KeyedBuckets({ perSecond: 0.001, burst: 1 }, 100)
    for (let i = 0; i < 5000; i++) buckets.take(`address ${i}`, 0)
    expect(buckets.size).toBeLessThanOrEqual(100)
  })

  it('keeps the keys that are being slowed down while full ones go', () => {
    const buckets = new KeyedBuckets({ perSecond: 1, burst: 1 }, 10)
    for (let i = 0; i < 10; i++) buckets.take(`old ${i}`, 0)
    buckets.take('busy', 60_000)
    expect(buckets.take('busy', 60_000).ok).toBe(false)
    expect(buckets.size).toBeLessThanOrEqual(10)
  })
})
