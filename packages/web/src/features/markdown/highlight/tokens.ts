/** Coloured code, and what the page and its highlighting worker say to each other. */
import type { LanguageRegistration } from 'shiki/types'

export interface Token {
  readonly text: string
  /** `keyword`, `string` …; empty for plain text. The style sheet colours `.tok-<kind>` for both themes. */
  readonly kind: string
}

export type TokenLine = readonly Token[]

export type ToWorker =
  | { readonly type: 'grammar'; readonly language: string; readonly grammars: readonly LanguageRegistration[] }
  /** Replaces an earlier wish for the same block. */
  | { readonly type: 'colour'; readonly block: string; readonly language: string; readonly code: string }
  | { readonly type: 'release'; readonly block: string }

/** Lines of a block from number `first` on; those after them are gone. */
export interface FromWorker {
  readonly block: string
  readonly first: number
  readonly lines: readonly TokenLine[]
}

/** The coloured lines that still say what the code says; a line that grew or changed meanwhile is left out. */
export function matchingLines(lines: readonly TokenLine[], code: string): readonly TokenLine[] {
  const texts = code.split('\n')
  let end = Math.min(lines.length, texts.length)
  while (end > 0 && !matches(lines[end - 1] ?? [], texts[end - 1] ?? '')) end--
  return end === lines.length ? lines : lines.slice(0, end)
}

function matches(line: TokenLine, text: string): boolean {
  let at = 0
  for (const token of line) {
    if (!text.startsWith(token.text, at)) return false
    at += token.text.length
  }
  return at === text.length
}
