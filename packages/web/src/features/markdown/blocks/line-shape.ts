/** What a single line of markdown can be the start or the end of (CommonMark 0.31, container and leaf starts). */

interface FenceOpening {
  readonly marker: string
  readonly length: number
  readonly indent: number
  /** The rest of the opening line, e.g. `ts title="a"`. */
  readonly info: string
}

/** Columns of leading white space; a tab reaches the next multiple of four. */
export function indentOf(line: string): number {
  let columns = 0
  for (const char of line) {
    if (char === ' ') columns += 1
    else if (char === '\t') columns += 4 - (columns % 4)
    else return columns
  }
  return columns
}

export function isBlank(line: string): boolean {
  return line.trim() === ''
}

/** A code fence opening, at any indentation (the caller judges whether it is deep enough to be indented code). */
export function fenceOpening(line: string): FenceOpening | null {
  const match = /^[ \t]*(`{3,}|~{3,})(.*)$/.exec(line)
  const run = match?.[1]
  if (run === undefined) return null
  const info = (match?.[2] ?? '').trim()
  // A backtick in the info string makes it inline code.
  if (run[0] === '`' && info.includes('`')) return null
  return { marker: run[0] ?? '`', length: run.length, indent: indentOf(line), info }
}

export function closesFence(line: string, marker: string, length: number): boolean {
  if (indentOf(line) > 3) return false
  const run = line.trim()
  return run.length >= length && [...run].every((char) => char === marker)
}

/** Length of the dollar run when the line opens a display formula (`$$` alone or with a start of the formula), else 0. */
export function mathOpening(line: string): number {
  const match = /^ {0,3}(\${2,})([^$]*)$/.exec(line)
  return match?.[1]?.length ?? 0
}

/** Column at which the content of a list item begins, or 0 when the line is none. */
export function listContentColumn(line: string): number {
  const match = /^([ \t]*)([-+*]|\d{1,9}[.)])([ \t]+|$)/.exec(line)
  if (!match) return 0
  const marker = indentOf(line) + (match[2]?.length ?? 0)
  const gap = match[3]?.length ?? 0
  const rest = line.slice(match[0].length)
  return rest === '' || gap > 4 ? marker + 1 : marker + gap
}

/** A quote or a rule at top level: no list survives it. */
export function endsList(line: string): boolean {
  return /^ {0,3}(?:>|([-*_])(?:[ \t]*\1){2,}[ \t]*$)/.test(line)
}

/** Ends of the HTML blocks that may contain blank lines (CommonMark §4.6, kinds 1 to 5). */
export function htmlBlockEnd(line: string): RegExp | null {
  if (indentOf(line) > 3) return null
  const start = line.trimStart()
  if (/^<(?:script|pre|style|textarea)(?:[\s>]|$)/i.test(start)) return /<\/(?:script|pre|style|textarea)>/i
  if (start.startsWith('<!--')) return /-->/
  if (start.startsWith('<?')) return /\?>/
  if (start.startsWith('<![CDATA[')) return /\]\]>/
  if (/^<![A-Za-z]/.test(start)) return />/
  return null
}

/** How many `<details>` the line leaves open more than before it. */
export function detailsBalance(line: string): number {
  const opened = /^ {0,3}<details(?:[\s>]|$)/i.test(line) ? (line.match(/<details(?:[\s>]|$)/gi)?.length ?? 0) : 0
  return opened - (line.match(/<\/details>/gi)?.length ?? 0)
}
