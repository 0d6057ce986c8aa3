/** Makes a block that is still being written readable: closes what is open and hides markers that mean nothing yet. */
import remend from 'remend'

/** `source` is the last block of a growing text, outside code fences. */
export function completeTail(source: string): string {
  const text = dropLoneMarker(source)
  if (isInsideDisplayMath(text)) return text
  return completeTable(remend(text, { linkMode: 'text-only', images: true, katex: false, comparisonOperators: false }))
}

/** The start of a heading, list item, quote, rule or fence on the last line, before its first word. */
function dropLoneMarker(source: string): string {
  return source.replace(/(^|\n)[ \t]*(?:#{1,6}|>|[-+*]{1,3}|=+|\d{1,9}[.)]?|`{1,2}|~{1,2}|\|)[ \t]*$/, '$1')
}

function isInsideDisplayMath(text: string): boolean {
  return /^ {0,3}\$\$/.test(text) && (text.match(/\$\$/g)?.length ?? 0) % 2 === 1
}

/** Gives a header row its delimiter row, so a table is one from its first cell instead of a line of bars. */
function completeTable(text: string): string {
  const lines = text.split('\n')
  const rowsFrom = lines.findLastIndex((line) => !/^\s*\|/.test(line)) + 1
  const header = lines[rowsFrom]
  const delimiter = lines[rowsFrom + 1]
  if (header === undefined || lines.length - rowsFrom > 2) return text
  if (delimiter !== undefined && !/^[\s|:-]*$/.test(delimiter)) return text
  const columns = header.trim().replace(/\|$/, '').replaceAll('\\|', '').split('|').length - 1
  if (columns < 1 || header.trim() === '|') return text
  return [...lines.slice(0, rowsFrom), '', header, `|${' --- |'.repeat(columns)}`].join('\n').replace(/^\n/, '')
}
