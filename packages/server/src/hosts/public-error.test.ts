import { defineErrors, type ErrorKind, type LogFields, type Logger, silentLogger } from '@parley/base'
import { expect, test } from 'vitest'
import { toPublicError } from './public-error.ts'

const statuses: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  unsupported: 501,
  unavailable: 503,
  internal: 500,
}

test.each(Object.entries(statuses))('an error of kind %s is answered with %d', (kind, status) => {
  const { some } = defineErrors({ some: { kind: kind as ErrorKind, message: 'Public text.', retry: 'never' } })
  expect(toPublicError(some(), silentLogger, {}).status).toBe(status)
})

test('what was not declared leaves the process as an incident number only, and is logged with it', () => {
  const lines: LogFields[] = []
  const logger: Logger = { ...silentLogger, error: (fields) => lines.push(fields) }
  const failure = toPublicError(new Error('SELECT secret FROM users'), logger, { route: '/x' })
  expect(failure).toMatchObject({ status: 500, code: 'internal' })
  expect(JSON.stringify(failure)).not.toContain('secret')
  const incident = /incident ([0-9a-f]{8})/.exec(failure.error)?.[1]
  expect(lines).toEqual([{ route: '/x', incident, err: expect.any(Error) }])
})

test('a wait is whole seconds, at least one, and always there when too much was asked', () => {
  const { slow } = defineErrors({ slow: { kind: 'rate_limited', message: 'Slow down.', retry: 'later' } })
  expect(toPublicError(slow(), silentLogger, {}).retryAfter).toBe(1)
  expect(toPublicError(slow({ retryAfter: 0.2 }), silentLogger, {}).retryAfter).toBe(1)
  expect(toPublicError(slow({ retryAfter: 2.1 }), silentLogger, {}).retryAfter).toBe(3)
})
