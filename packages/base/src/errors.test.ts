import { expect, test } from 'vitest'
import { defineErrors, hasCode, isParleyError, ParleyError } from './errors.ts'

const errors = defineErrors({
  cup_not_found: { kind: 'not_found', message: 'There is no cup {name} on {shelf}.', retry: 'never' },
  cup_hot: { kind: 'rate_limited', message: 'The cup is hot.', retry: 'later' },
})

test('a declared error carries code, kind, retry class and the filled message', () => {
  const cause = new Error('gone')
  const error = errors.cup_not_found({ details: { name: 'blue' }, cause })
  expect(error).toBeInstanceOf(ParleyError)
  expect(error).toMatchObject({ code: 'cup_not_found', kind: 'not_found', retry: 'never', details: { name: 'blue' } })
  expect(error.message).toBe('There is no cup blue on {shelf}.')
  expect(error.cause).toBe(cause)
  expect(errors.cup_hot({ retryAfter: 3 }).retryAfter).toBe(3)
})

test('errors are recognised by brand, also from another copy of the package', () => {
  const foreign = Object.assign(new Error('x'), { code: 'cup_hot', [Symbol.for('parley.error')]: true })
  expect(isParleyError(foreign)).toBe(true)
  expect(hasCode(foreign, 'cup_hot')).toBe(true)
  expect(isParleyError(new Error('x'))).toBe(false)
  expect(isParleyError(null)).toBe(false)
})
