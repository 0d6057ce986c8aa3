import { coreErrors } from '../errors.ts'

const MAX_NAME_LENGTH = 48

/** Words that mean everybody in a mention. */
export const everybodyWords = ['all', '所有人', '全体成员'] as const

/** The form in which names are compared: compatibility-normalised, one kind of space, lower case. */
export function foldName(name: string): string {
  // A final sigma is lower-cased differently at the end of a word, so both forms are made equal.
  return name.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ').replace(/\s+/gu, ' ').trim()
}

export const reservedNames: ReadonlySet<string> = new Set([...everybodyWords, 'system'].map(foldName))

/** The name as it is stored: trimmed. Errors: `invalid_name`. */
export function checkedName(name: string): string {
  const trimmed = name.trim()
  const refuse = (reason: string): Error => coreErrors.invalid_name({ details: { name: trimmed.slice(0, 60), reason } })
  if (trimmed.length > MAX_NAME_LENGTH) throw refuse(`it is longer than ${MAX_NAME_LENGTH} characters`)
  if (foldName(trimmed) === '') throw refuse('it is empty')
  if (/[@＠\p{Cc}\u2028\u2029]/u.test(trimmed)) throw refuse('it has an @ or a line break')
  return trimmed
}
