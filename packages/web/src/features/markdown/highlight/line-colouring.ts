/** Colours growing code line by line: what was coloured is kept, only new lines cost. Pure but for the grammar's own cache. */
import type { HighlighterCore } from 'shiki/core'
import type { GrammarState, ThemedToken } from 'shiki/types'
import type { Token, TokenLine } from './tokens.ts'

export const THEME = 'tokens'
export const PREFIX = '--tok-'

/** How far the complete lines of a block have been coloured. */
export interface Progress {
  readonly language: string
  /** The complete lines that are done, with their line breaks. */
  readonly prefix: string
  readonly lineCount: number
  readonly state: GrammarState | undefined
}

interface Colouring {
  readonly progress: Progress
  /** Number of the first line of `lines`. */
  readonly first: number
  readonly lines: readonly TokenLine[]
  readonly done: boolean
}

export function startOf(language: string): Progress {
  return { language, prefix: '', lineCount: 0, state: undefined }
}

/** Continues until the code ends or `goOn` says stop (asked after each line). */
export function colour(
  shiki: HighlighterCore,
  grammar: string,
  code: string,
  from: Progress,
  goOn: () => boolean,
): Colouring {
  const lines: TokenLine[] = []
  let { prefix, lineCount, state } = code.startsWith(from.prefix) ? from : startOf(from.language)
  const first = lineCount
  const line = (text: string): GrammarState | undefined => {
    const tokens = shiki.codeToTokensBase(text.replace(/\r$/, ''), {
      lang: grammar,
      theme: THEME,
      tokenizeMaxLineLength: 2000,
      // Compiling a grammar's expressions happens within the first lines and may take this long.
      tokenizeTimeLimit: 2000,
      ...(state ? { grammarState: state } : {}),
    })
    lines.push(merge(tokens[0] ?? []))
    return shiki.getLastGrammarState(tokens)
  }
  let done = false
  do {
    const newline = code.indexOf('\n', prefix.length)
    if (newline === -1) {
      // The last line may still grow: it is coloured, but not counted as done.
      line(code.slice(prefix.length))
      done = true
      break
    }
    state = line(code.slice(prefix.length, newline))
    prefix = code.slice(0, newline + 1)
    lineCount++
  } while (goOn())
  return { progress: { language: from.language, prefix, lineCount, state }, first, lines, done }
}

function kindOf(token: ThemedToken): string {
  return /--tok-token-([a-z-]+)/.exec(token.color ?? '')?.[1] ?? ''
}

/** Neighbours of one kind become one token: fewer elements in the page. White space has no colour and goes with what is before it. */
function merge(tokens: readonly ThemedToken[]): TokenLine {
  const merged: Token[] = []
  for (const token of tokens) {
    const kind = kindOf(token)
    const last = merged.at(-1)
    if (last && (last.kind === kind || token.content.trim() === '')) {
      merged[merged.length - 1] = { text: last.text + token.content, kind: last.kind }
    } else merged.push({ text: token.content, kind })
  }
  return merged
}
