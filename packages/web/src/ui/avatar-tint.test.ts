import { expect, it } from 'vitest'
import { initialOf, tintClass } from './avatar-tint.ts'

it('gives an id one tint and spreads ids over all of them', () => {
  expect(tintClass('user_1')).toBe(tintClass('user_1'))
  const tints = new Set(Array.from({ length: 200 }, (_, index) => tintClass(`user_${index}`)))
  expect(tints.size).toBe(12)
})

it.each([
  ['ada', 'A'],
  ['林晓', '晓'],
  ['👩‍🚀 crew', '👩‍🚀'],
  ['', '?'],
  ['Ångström', 'Å'],
])('draws %j as %j', (name, initial) => {
  expect(initialOf(name)).toBe(initial)
})
