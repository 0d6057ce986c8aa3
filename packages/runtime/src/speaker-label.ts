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

/** The last labelled message in a text of several, without its label; the text itself when there is none. */
export function lastUtterance(text: string): string {
  let start = 0
  for (const match of text.matchAll(LABEL_LINE)) start = match.index + match[0].length
  return text.slice(start).trim()
}
