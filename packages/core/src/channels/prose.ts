/** Text without the parts in which an `@` addresses nobody: code blocks, code spans, URLs. Each becomes one space. */
export function proseOf(text: string): string {
  return withoutSpans(withoutFences(text)).replace(/https?:\/\/[!-~]+/giu, ' ')
}

/** Removes fenced blocks; an unclosed fence reaches to the end, as in CommonMark. */
function withoutFences(text: string): string {
  if (!text.includes('```') && !text.includes('~~~')) return text
  const kept: string[] = []
  let fence: { readonly mark: string; readonly length: number } | undefined
  for (const line of text.split('\n')) {
    const match = /^ {0,3}(`{3,}|~{3,})(.*)$/u.exec(line)
    const mark = match?.[1]?.charAt(0)
    const length = match?.[1]?.length ?? 0
    const info = match?.[2] ?? ''
    if (fence) {
      if (mark === fence.mark && length >= fence.length && info.trim() === '') fence = undefined
    } else if (mark !== undefined && !(mark === '`' && info.includes('`'))) {
      fence = { mark, length }
      kept.push(' ')
    } else kept.push(line)
  }
  return kept.join('\n')
}

/** Removes code spans: a run of backticks up to the next run of the same length. A run without a partner is text. */
function withoutSpans(text: string): string {
  if (!text.includes('`')) return text
  const runs = [...text.matchAll(/`+/gu)].map((match) => ({ at: match.index, length: match[0].length }))
  // Next run of equal length, found from the right, keeps this linear for hostile texts.
  const nextOfLength = new Map<number, number>()
  const partner = new Array<number | undefined>(runs.length)
  for (let i = runs.length - 1; i >= 0; i--) {
    const { length } = runs[i] as { length: number }
    partner[i] = nextOfLength.get(length)
    nextOfLength.set(length, i)
  }
  let result = ''
  let from = 0
  for (let i = 0; i < runs.length; i++) {
    const close = partner[i]
    if (close === undefined) continue
    const [open, end] = [runs[i] as { at: number; length: number }, runs[close] as { at: number; length: number }]
    result += `${text.slice(from, open.at)} `
    from = end.at + end.length
    i = close
  }
  return result + text.slice(from)
}
