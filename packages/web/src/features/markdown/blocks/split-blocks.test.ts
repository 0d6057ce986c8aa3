import fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { mathFromMarkdown } from 'mdast-util-math'
import { gfm } from 'micromark-extension-gfm'
import { math } from 'micromark-extension-math'
import { describe, expect, test } from 'vitest'
import { advance, splitBlocks, tailBlocks } from './split-blocks.ts'

const parse = (text: string) =>
  fromMarkdown(text, {
    extensions: [gfm(), math({ singleDollarTextMath: false })],
    mdastExtensions: [gfmFromMarkdown(), mathFromMarkdown()],
  })

/** The tree without positions and trailing blank lines: what a reader can see. */
const visible = (nodes: readonly unknown[]): unknown =>
  JSON.parse(
    JSON.stringify(nodes, (key, value) =>
      key === 'position' ? undefined : key === 'value' ? String(value).trimEnd() : value,
    ),
  )

const whole = (text: string) => visible(parse(text).children)
const inBlocks = (text: string) => visible(splitBlocks(text).flatMap((block) => parse(block.source).children))

/** Lines that start, end or hide blocks; documents made of them are meaner than prose. (Indented code is left out: micromark misreads the list after it.) */
const line = fc.constantFrom(
  '',
  '',
  'plain text',
  '  two spaces',
  '# Heading',
  '- item',
  '  - nested',
  '* star',
  '1. one',
  '12. twelve',
  '   under one',
  '> quote',
  '> - quoted item',
  '```ts',
  '```',
  '   ```',
  '~~~~',
  '~~~',
  '$$',
  '| a | b |',
  '|---|---|',
  '---',
  '<div>',
  '</div>',
  '<!-- note',
  '-->',
  '<details>',
  '</details>',
  '3) three',
  '-     far',
)
const documents = fc.array(line, { maxLength: 14 }).map((lines) => lines.join('\n'))

describe('splitting markdown into blocks', () => {
  test('the blocks mean what the whole text means', () => {
    fc.assert(
      fc.property(documents, (text) => {
        expect(inBlocks(text)).toEqual(whole(text))
      }),
      { numRuns: 1500 },
    )
  })

  test('growing letter by letter ends with the same blocks as reading at once', () => {
    fc.assert(
      fc.property(documents, fc.integer({ min: 1, max: 7 }), (text, step) => {
        let state = advance('')
        for (let end = 0; end < text.length; end += step) state = advance(text.slice(0, end), state)
        state = advance(text, state)
        expect([...state.finished, ...tailBlocks(state)]).toEqual(splitBlocks(text))
      }),
      { numRuns: 500 },
    )
  })

  test('finished blocks keep their identity while the text grows', () => {
    const first = advance('one\n\ntwo\n\nthree')
    const second = advance('one\n\ntwo\n\nthree and\n\nfour', first)
    expect(first.finished).toHaveLength(1)
    expect(second.finished[0]).toBe(first.finished[0])
    expect(second.finished.map((block) => block.source)).toEqual(['one', 'two'])
  })

  test('a text that was replaced is read again', () => {
    const before = advance('one\n\ntwo\n\nthree')
    expect(tailBlocks(advance('other', before))).toMatchObject([{ source: 'other' }])
  })

  test('an open fence is a code block before it is closed, without its half-written end', () => {
    const [block] = splitBlocks('```python\nprint(1)\n``')
    expect(block).toMatchObject({ kind: 'code', info: 'python', code: 'print(1)', closed: false })
    expect(splitBlocks('```python\nprint(1)\n```')[0]).toMatchObject({ code: 'print(1)', closed: true })
  })

  test('a fence inside a list stays in the list, however often blank lines part it', () => {
    const text = '1. do this\n\n   ```sh\n   a\n\n   b\n   ```\n\n2. then that\n\nafter'
    expect(splitBlocks(text).map((block) => block.source)).toEqual([text.slice(0, text.indexOf('\n\nafter')), 'after'])
  })
})
