/**
 * Brings the ways models write formulas to the one form the parser knows, `$$…$$`: `\(…\)`, `\[…\]` and `$…$`.
 * A single dollar follows Pandoc's rule (no space inside the delimiters, no digit after the closing one), so prices stay prose.
 */

/** Marks a formula that stands on its own line when it is alone in its paragraph. */
export const DISPLAY_MARK = '\\displaystyle '

const ESCAPED = /\\[^([]/y
const CODE_SPAN = /(`+)(?!`)[\s\S]*?[^`]\1(?!`)/y
const PAREN = /\\\(([\s\S]+?)\\\)/y
const BRACKET = /\\\[([\s\S]+?)\\\]/y
const DOUBLE = /\$\$(?!\$)([^$\n]+?)\$\$(?!\$)/y
const SINGLE = /\$(?![\s$])((?:\\.|[^\\$\n])*?(?:\\.|[^\\$\s]))\$(?![\d$])/y
const RUN = /\$+|`+/y

interface Rule {
  readonly pattern: RegExp
  readonly write: (match: RegExpExecArray) => string
}

/** A formula's body on one line: a blank line would end the paragraph it stands in. */
function inline(body: string): string {
  return body.trim().replaceAll(/\s*\n\s*/g, ' ')
}

const RULES: readonly Rule[] = [
  { pattern: ESCAPED, write: (match) => match[0] },
  { pattern: CODE_SPAN, write: (match) => match[0] },
  { pattern: PAREN, write: (match) => `$$${inline(match[1] ?? '')}$$` },
  { pattern: BRACKET, write: (match) => `$$${DISPLAY_MARK}${inline(match[1] ?? '')}$$` },
  { pattern: DOUBLE, write: (match) => `$$${DISPLAY_MARK}${inline(match[1] ?? '')}$$` },
  { pattern: SINGLE, write: (match) => `$$${inline(match[1] ?? '')}$$` },
  { pattern: RUN, write: (match) => match[0] },
]

const SPECIAL = /[\\`$]/g

/** `source` is one block outside code fences. */
export function normaliseMath(source: string): string {
  if (!/[$\\]/.test(source)) return source
  let result = ''
  let at = 0
  while (at < source.length) {
    SPECIAL.lastIndex = at
    const next = SPECIAL.exec(source)?.index ?? source.length
    result += source.slice(at, next)
    at = next
    if (at >= source.length) break
    const taken = takeRule(source, at)
    result += taken.text
    at += taken.length
  }
  return result
}

function takeRule(source: string, at: number): { text: string; length: number } {
  for (const { pattern, write } of RULES) {
    pattern.lastIndex = at
    const match = pattern.exec(source)
    if (match) return { text: write(match), length: match[0].length }
  }
  return { text: source[at] ?? '', length: 1 }
}
