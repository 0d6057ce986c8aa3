import { expect, test } from 'vitest'
import { CircuitBreaker } from './circuit-breaker.ts'

const policy = { threshold: 3, cooldown: 100, maxCooldown: 300 }

function broken(): CircuitBreaker {
  const breaker = new CircuitBreaker(policy)
  for (let i = 0; i < policy.threshold; i++) {
    expect(breaker.tryEnter(0)).toBe(true)
    breaker.failed(0)
  }
  return breaker
}

test('opens after consecutive failures, then lets one probe through', () => {
  const breaker = broken()
  expect(breaker.tryEnter(99)).toBe(false)
  expect(breaker.tryEnter(100)).toBe(true)
  expect(breaker.tryEnter(100)).toBe(false)
  breaker.succeeded()
  expect(breaker.tryEnter(100)).toBe(true)
})

test('a failed probe doubles the wait up to the cap', () => {
  const breaker = broken()
  let now = 0
  for (const wait of [100, 200, 300, 300]) {
    expect(breaker.tryEnter(now + wait - 1)).toBe(false)
    now += wait
    expect(breaker.tryEnter(now)).toBe(true)
    breaker.failed(now)
  }
})

test('a success in between starts the count anew; a cancelled probe frees its place', () => {
  const breaker = new CircuitBreaker(policy)
  breaker.failed(0)
  breaker.failed(0)
  breaker.succeeded()
  breaker.failed(0)
  expect(breaker.tryEnter(0)).toBe(true)
  const open = broken()
  expect(open.tryEnter(100)).toBe(true)
  open.cancelled()
  expect(open.tryEnter(100)).toBe(true)
})
