/** Colours code line by line, continuing where it stopped, so a growing block costs only its new lines. */
import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'
import type { GrammarState, ThemedToken } from 'shiki/types'
import { type LanguageId, loadLanguage } from './languages.ts'

export interface Token {
  readonly text: string
  /** `keyword`, `string` …; empty for plain text. The style sheet colours `.tok-<kind>` for both themes. */
  readonly kind: string
}

export type TokenLine = readonly Token[]

export interface Tokenizer {
  /** Colours one line and returns the state the next one starts from. */
  line(text: string, state: GrammarState | undefined): { tokens: TokenLine; state: GrammarState | undefined }
}

const THEME = 'tokens'
const PREFIX = '--tok-'

let core: Promise<HighlighterCore> | undefined

/** The engine is pure JavaScript: WebAssembly would need its own permission in the content security policy. */
function highlighter(): Promise<HighlighterCore> {
  core ??= createHighlighterCore({
    themes: [createCssVariablesTheme({ name: THEME, variablePrefix: PREFIX, fontStyle: false })],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  })
  return core
}

function kindOf(token: ThemedToken): string {
  const match = /--tok-token-([a-z-]+)/.exec(token.color ?? '')
  return match?.[1] ?? ''
}

/** Neighbours of one kind become one token: fewer elements in the page. */
function merge(tokens: readonly ThemedToken[]): TokenLine {
  const merged: Token[] = []
  for (const token of tokens) {
    const kind = kindOf(token)
    const last = merged.at(-1)
    if (last && (last.kind === kind || token.content.trim() === ''))
      merged[merged.length - 1] = { text: last.text + token.content, kind: last.kind }
    else merged.push({ text: token.content, kind })
  }
  return merged
}

/** Loads what `id` needs; rejects when a chunk cannot be fetched. */
export async function tokenizerFor(id: LanguageId): Promise<Tokenizer> {
  const [shiki, grammars] = await Promise.all([highlighter(), loadLanguage(id)])
  await shiki.loadLanguage(...grammars)
  const lang = grammars.at(-1)?.name ?? id
  return {
    line(text, state) {
      const tokens = shiki.codeToTokensBase(text, {
        lang,
        theme: THEME,
        tokenizeMaxLineLength: 2000,
        tokenizeTimeLimit: 100,
        ...(state ? { grammarState: state } : {}),
      })
      return { tokens: merge(tokens[0] ?? []), state: shiki.getLastGrammarState(tokens) }
    },
  }
}
