/** The `@…` being written before the caret. Pure. */
export interface MentionQuery {
  /** Index of the `@`. */
  readonly start: number
  /** What follows it, up to the caret. */
  readonly text: string
}

/** Names are short; a longer stretch behind an `@` is a sentence. */
const MAX_QUERY = 40

/** Finds the query, or null. An `@` inside a word (an e-mail address) is none; names may contain spaces, so one space is allowed. */
export function mentionQueryAt(text: string, caret: number): MentionQuery | null {
  const before = text.slice(Math.max(0, caret - MAX_QUERY), caret)
  const at = Math.max(before.lastIndexOf('@'), before.lastIndexOf('＠'))
  if (at === -1) return null
  const query = before.slice(at + 1)
  if (/[\n\r]/.test(query) || (query.match(/\s/g)?.length ?? 0) > 2 || /^\s/.test(query)) return null
  const previous = before.charAt(at - 1)
  if (at > 0 && /[A-Za-z0-9_.]/.test(previous)) return null
  return { start: caret - before.length + at, text: query }
}

/** The text with the query replaced by the name, and where the caret goes. */
export function completeMention(
  text: string,
  query: MentionQuery,
  caret: number,
  name: string,
): { text: string; caret: number } {
  const inserted = `@${name} `
  const rest = text.slice(caret).replace(/^ /, '')
  return { text: text.slice(0, query.start) + inserted + rest, caret: query.start + inserted.length }
}
