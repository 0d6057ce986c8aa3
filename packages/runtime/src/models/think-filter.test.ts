import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createThinkFilter } from './think-filter.ts'

/** The text and thinking a reader ends up with. */
function filter(pieces: readonly string[]): { text: string; thinking: string } {
  const machine = createThinkFilter()
  let text = ''
  let thinking = ''
  for (const piece of [...pieces.flatMap((part) => machine.push(part)), ...machine.end()]) {
    if (piece.kind === 'text') text += piece.text
    else if (piece.kind === 'thinking') thinking += piece.text
    else {
      thinking += text
      text = ''
    }
  }
  return { text, thinking }
}

describe('thinking filter (spec/runtime §2.3, test 93)', () => {
  test.each([
    ['no tags', 'Hello <b>world</b> [1]', 'Hello <b>world</b> [1]', ''],
    ['closed', '<think>a</think>\n\nb', 'b', 'a'],
    ['upper case', '<THINK>a</Think>b', 'b', 'a'],
    ['in the middle', 'x <think>a</think> y', 'x  y', 'a'],
    ['several', '<think>a</think>b<think>c</think>d', 'bd', 'ac'],
    ['two families', '<think>a</think>b[思考]c[/思考]d<|thinking|>e</|thinking|>f', 'bdf', 'ace'],
    ['another family inside', '<think>a[思考]b</think>c', 'c', 'a[思考]b'],
    ['nested', '<think>a<think>b</think>c</think>d', 'd', 'abc'],
    ['unclosed', '<think>a b c', '', 'a b c'],
    ['thinking only', '<thinking>a</thinking>\n', '', 'a'],
    ['closed but never opened', 'let me see\n</think>\n\nanswer', 'answer', 'let me see\n'],
    ['closing tag at the very end', 'answer</think>\n', 'answer', ''],
    ['closing tag first', '</think>answer', 'answer', ''],
    ['tag named inside thinking', '<think>what is <think> here?</think>answer', 'answer', 'what is  here?answer'],
    ['in a code span', 'Use `<think>` and `</think>`.', 'Use `<think>` and `</think>`.', ''],
    ['in a fence', '```\n<think>x</think>\n```\ny', '```\n<think>x</think>\n```\ny', ''],
    ['stray backtick', 'a ` b\n<think>x</think>c', 'a ` b\nc', 'x'],
    ['cut tag at the end', 'a <thin', 'a <thin', ''],
  ])('%s', (_name, input, text, thinking) => {
    expect(filter([input])).toEqual({ text, thinking })
  })

  test('any chunking gives the same result', () => {
    const token = fc.constantFrom(
      ...['<think>', '</think>', '[思考]', '[/思考]', '<|thinking|>', '</|thinking|>', '<thinking>', '</thinking>'],
      ...['a', ' ', '\n', '`', '```', '<', '[', 'thi', '思', '🙂', '</', '|>'],
    )
    fc.assert(
      fc.property(
        fc.array(token, { maxLength: 14 }).map((parts) => parts.join('')),
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 30 }),
        (input, sizes) => {
          const pieces: string[] = []
          for (let at = 0, i = 0; at < input.length; i++) {
            const size = sizes[i % sizes.length] as number
            pieces.push(input.slice(at, at + size))
            at += size
          }
          expect(filter(pieces)).toEqual(filter([input]))
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('text without tags passes unchanged but for leading white space', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((text) => !/[<[]/.test(text)),
        (input) => {
          expect(filter([...input])).toEqual({ text: input.trimStart(), thinking: '' })
        },
      ),
    )
  })

  test('a long text costs linear time', () => {
    const machine = createThinkFilter()
    let length = 0
    for (let i = 0; i < 5000; i++)
      for (const piece of machine.push('<<<< [[ `x` ')) if (piece.kind === 'text') length += piece.text.length
    for (const piece of machine.end()) if (piece.kind === 'text') length += piece.text.length
    expect(length).toBe(5000 * 12)
  })
})
