import { samples } from '@parley/core/contract'
import { expect, test } from 'vitest'
import type { Unit } from './batch.ts'
import { UnitQueue } from './unit-queue.ts'

const units = (from: number, count: number): Unit[] =>
  Array.from({ length: count }, (_, index) => [samples.append('k', { id: `m${from + index}` })])

test('units come out in order of arrival, at most as many as asked for', () => {
  const queue = new UnitQueue()
  const given = units(0, 10_000)
  queue.push(given)
  const taken: Unit[] = []
  while (queue.size > 0) taken.push(...queue.take(300))
  expect(taken).toEqual(given)
  expect(queue.take(5)).toEqual([])
})

test('under constant load it forgets what was taken although it never runs empty', () => {
  const queue = new UnitQueue()
  queue.push(units(0, 200))
  for (let round = 0; round < 1_000; round++) {
    queue.take(100)
    queue.push(units(round * 100, 100))
    expect(queue.size).toBe(200)
  }
  expect(queue.held).toBeLessThan(5_000)
})
