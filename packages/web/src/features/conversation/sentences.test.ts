import { expect, it } from 'vitest'
import { finishedSentences } from './sentences.ts'

it.each([
  ['One. Two is not', 4],
  ['版本 1.5 已发布。还有', 11],
  ['No end yet', 0],
  ['- item\n\nnext', 8],
])('of %j the first %i characters are whole sentences', (text, end) => {
  expect(finishedSentences(text, 0)).toBe(end)
})

it('goes on where it stopped', () => {
  expect(finishedSentences('One. Two. Three', 4)).toBe(9)
  expect(finishedSentences('One. Two', 4)).toBe(4)
})
