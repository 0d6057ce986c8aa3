import { expect, it } from 'vitest'
import { plainText } from './plain-text.ts'

it.each([
  ['# Title\n\n**bold** and `code`', 'Title bold and code'],
  ['- one\n- two', 'one two'],
  ['see [the docs](https://example.org/a)', 'see the docs'],
  ['```ts\nconst a = 1\n```', 'const a = 1'],
  ['| a | b |\n|---|---|\n| 1 | 2 |', '| a | b | | 1 | 2 |'],
  ['> 引用', '引用'],
])('%j reads %j', (markdown, text) => {
  expect(plainText(markdown)).toBe(text)
})

it('is short however long the text is', () => {
  expect(plainText('word '.repeat(10_000)).length).toBeLessThanOrEqual(240)
})
