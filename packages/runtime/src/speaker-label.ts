/**
 * Who says what, inside text that reaches a model: `[name · id] text`.
 * The id makes two people of one name distinct, and the label cannot be forged by a name or by a line of a message.
 */

export interface Speaker {
  readonly id: string
  readonly name: string
}

const LABEL_LINE = /^(\s*)(\[[^\]\n]* · [^\]\n]*\])/gm

/** The text with its label; several lines stay one message. */
export function labelled(speaker: Speaker, text: string): string {
  return `[${plainName(speaker.name)} · ${speaker.id}] ${escapeLabels(text)}`
}

/** A name on one line, without what a label is made of. */
export function plainName(name: string): string {
  const clean = name
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}[\]·]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return clean.slice(0, 60) || 'unnamed'
}

/** Makes lines that look like a label of somebody else recognisable as quotes. */
export function escapeLabels(text: string): string {
  return text.replace(LABEL_LINE, '$1\\$2')
}

const ADDRESSED = /\(Answer this message of [^\n]{1,80}?: “([^\n]*)”\)\s*$/

/** Tells a model which of several messages it is asked to answer. `quote` is one line. */
export function addressedNote(author: string, quote: string): string {
  return `(Answer this message of ${plainName(author)}: “${quote}”)`
}

/** The message a model is asked to answer: the one a closing {@link addressedNote} quotes, else the last one said. */
export function askedMessage(text: string): string {
  return ADDRESSED.exec(text)?.[1]?.trim() ?? lastUtterance(text)
}

/** The last labelled message in a text of several, without its label; the text itself when there is none. */
function lastUtterance(text: string): string {
  let start = 0
  for (const match of text.matchAll(LABEL_LINE)) start = match.index + match[0].length
  return text.slice(start).trim()
}
