import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'
import { beforeAll, describe, expect, test } from 'vitest'
import { languageLabel, languageOf, loadLanguage } from './languages.ts'
import { colour, PREFIX, startOf, THEME } from './line-colouring.ts'
import { matchingLines, type TokenLine } from './tokens.ts'

let shiki: HighlighterCore

beforeAll(async () => {
  shiki = await createHighlighterCore({
    themes: [createCssVariablesTheme({ name: THEME, variablePrefix: PREFIX, fontStyle: false })],
    langs: [await loadLanguage('typescript'), await loadLanguage('python')],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  })
})

const code =
  'function greet(name: string): string {\n  return `Hello, ${name}!`\n}\n\n/* a comment\n   over lines */\nconst x = 1'
const whole = (text: string) => colour(shiki, 'typescript', text, startOf('typescript'), () => true)
const kind = (line: TokenLine | undefined, text: string) => line?.find((token) => token.text.trim() === text)?.kind

describe('colouring code', () => {
  test('kinds of words, over line breaks', () => {
    const { lines, done } = whole(code)
    expect(done).toBe(true)
    expect(kind(lines[0], 'function')).toBe('keyword')
    expect(kind(lines[0], 'greet')).toBe('function')
    expect(kind(lines[1], 'return')).toBe('keyword')
    expect(lines[5]?.map((token) => token.kind)).toEqual(['comment'])
    expect(lines.map((line) => line.map((token) => token.text).join('')).join('\n')).toBe(code)
  })

  test('growing letter by letter ends with the same colours as at once', () => {
    let progress = startOf('typescript')
    let lines: TokenLine[] = []
    for (let end = 1; end <= code.length; end++) {
      const step = colour(shiki, 'typescript', code.slice(0, end), progress, () => true)
      lines = [...lines.slice(0, step.first), ...step.lines]
      progress = step.progress
    }
    expect(lines).toEqual(whole(code).lines)
  })

  test('stopping after every line ends with the same colours', () => {
    let progress = startOf('typescript')
    let lines: TokenLine[] = []
    for (let done = false; !done; ) {
      const step = colour(shiki, 'typescript', code, progress, () => false)
      lines = [...lines.slice(0, step.first), ...step.lines]
      ;({ progress, done } = step)
    }
    expect(lines).toEqual(whole(code).lines)
  })

  test('code that was replaced starts over', () => {
    const { progress } = whole(code)
    expect(colour(shiki, 'typescript', 'let a', progress, () => true)).toMatchObject({ first: 0, done: true })
  })

  test('only lines that still match are shown coloured', () => {
    const { lines } = whole('let a\nlet b')
    expect(matchingLines(lines, 'let a\nlet b')).toBe(lines)
    expect(matchingLines(lines, 'let a\nlet bc\nlet d')).toHaveLength(1)
    expect(matchingLines(lines, 'else')).toHaveLength(0)
  })
})

describe('languages', () => {
  test.each([
    ['ts', 'typescript', 'TypeScript'],
    ['Python', 'python', 'Python'],
    ['sh', 'bash', 'Shell'],
    ['c++', 'cpp', 'C++'],
    ['unknown-language', null, 'unknown-language'],
    ['', null, ''],
    ['constructor', null, 'constructor'],
  ])('%s', (word, id, label) => {
    expect(languageOf(word)).toBe(id)
    expect(languageLabel(word)).toBe(label)
  })
})
