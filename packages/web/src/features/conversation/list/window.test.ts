import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  extendDown,
  extendUp,
  followEnd,
  holdPlace,
  INITIAL,
  MAX,
  newestWindow,
  type RowWindow,
  rangeOf,
  STEP,
  windowAround,
} from './window.ts'

const rows = (from: number, to: number): { key: string }[] =>
  Array.from({ length: to - from }, (_, index) => ({ key: `r${from + index}` }))

describe('the window of rows in the document', () => {
  it('begins with the newest rows and follows them', () => {
    expect(rangeOf(newestWindow, rows(0, 500))).toEqual({ start: 500 - INITIAL, end: 500 })
    expect(rangeOf(newestWindow, rows(0, 501)).end).toBe(501)
  })

  it('stays where it is when older rows are loaded above', () => {
    const up = extendUp(newestWindow, rows(100, 300))
    const before = rangeOf(up, rows(100, 300))
    expect(rangeOf(up, rows(60, 300))).toEqual({ start: before.start + 40, end: before.end + 40 })
  })

  it('lets go of the far end when it grows too large', () => {
    const all = rows(0, 1000)
    let window: RowWindow = newestWindow
    for (let step = 0; step < 10; step++) window = extendUp(window, all)
    const { start, end } = rangeOf(window, all)
    expect(end - start).toBe(MAX)
    expect(end).toBeLessThan(1000)
  })

  it('finds back to the end', () => {
    const all = rows(0, 1000)
    let window = windowAround('r10', all)
    expect(rangeOf(window, all).start).toBe(0)
    for (let step = 0; step < 40; step++) window = extendDown(window, all)
    expect(rangeOf(window, all).end).toBe(1000)
    expect(rangeOf(followEnd(window, all, true), all)).toEqual({ start: 1000 - INITIAL, end: 1000 })
  })

  it('does not lose its place when the separator above it goes away', () => {
    const day = { key: 'day-1', type: 'day' }
    const window = extendUp(newestWindow, [day, ...rows(100, 180)])
    expect(rangeOf(window, [day, ...rows(100, 180)])).toEqual({ start: 0, end: 81 })
    expect(rangeOf(window, [{ ...day, key: 'day-2' }, ...rows(60, 180)])).toEqual({ start: 41, end: 121 })
  })

  it('is always a bounded part of the rows, whatever happens', () => {
    const action = fc.oneof(
      fc.constantFrom('up', 'down', 'settle', 'hold', 'newest' as const),
      fc.nat({ max: 900 }).map((index) => ({ around: index })),
      fc.record({ prepend: fc.nat({ max: 60 }) }),
      fc.record({ append: fc.nat({ max: 60 }) }),
    )
    fc.assert(
      fc.property(fc.array(action, { maxLength: 50 }), (actions) => {
        let from = 500
        let to = 560
        let window: RowWindow = newestWindow
        for (const next of actions) {
          if (typeof next === 'object' && 'prepend' in next) from -= next.prepend
          else if (typeof next === 'object' && 'append' in next) to += next.append
          else {
            const all = rows(from, to)
            const before = rangeOf(window, all)
            if (next === 'up') window = extendUp(window, all)
            else if (next === 'down') window = extendDown(window, all)
            else if (next === 'settle') window = followEnd(window, all, true)
            else if (next === 'hold') window = holdPlace(window, all)
            else if (next === 'newest') window = newestWindow
            else window = windowAround(`r${next.around}`, all)
            const after = rangeOf(window, all)
            if (next === 'up') expect(after.start).toBe(Math.max(0, before.start - STEP))
          }
          const all = rows(from, to)
          const { start, end } = rangeOf(window, all)
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeLessThanOrEqual(all.length)
          expect(end - start).toBeGreaterThan(0)
          expect(end - start).toBeLessThanOrEqual(MAX)
        }
      }),
    )
  })
})
