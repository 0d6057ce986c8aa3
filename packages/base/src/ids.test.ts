import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createIdFactory } from './ids.ts'

test('ids have the prefix and twenty Crockford characters', () => {
  const next = createIdFactory({ now: () => 1_780_000_000_000 })
  expect(next('msg')).toMatch(/^msg_[0-9A-HJKMNP-TV-Z]{20}$/)
})

test('ids of one process increase strictly, whatever the clock does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 44 }), { minLength: 2, maxLength: 200 }), (times) => {
      let index = 0
      const next = createIdFactory({ now: () => times[index++ % times.length] as number })
      const ids = times.map(() => next('ch'))
      expect(ids).toEqual(ids.toSorted())
      expect(new Set(ids).size).toBe(ids.length)
    }),
  )
})

test('a burst within one millisecond stays unique and ordered', () => {
  const next = createIdFactory({ now: () => 5 })
  const ids = Array.from({ length: 50_000 }, () => next('job'))
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.toSorted()).toEqual(ids)
})
