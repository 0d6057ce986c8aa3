/** Who a text addresses with `@`. Pure. */
import { everybodyWords, foldName } from '../identity/name.ts'
import { proseOf } from './prose.ts'

export interface Mentionable {
  readonly id: string
  /** Everything that may follow the `@`: name, aliases, translations, id. */
  readonly names: readonly string[]
}

export interface Mentions {
  /** In order of first mention, each once. */
  readonly ids: readonly string[]
  /** Everybody was addressed (`@all`). */
  readonly everybody: boolean
}

export const noMentions: Mentions = { ids: [], everybody: false }

const EVERYBODY = Symbol('everybody')

/** Cheap test that spares reading the members: false means no mention is possible. */
export function mayMention(text: string): boolean {
  return text.includes('@') || text.includes('＠')
}

/**
 * Names are matched longest first and without regard to case. A name of an alphabetic script must end where the word
 * ends; Chinese and other scripts written without spaces need no such end. An `@` inside a word (an e-mail address),
 * in code and in a URL addresses nobody.
 */
export function findMentions(text: string, members: readonly Mentionable[]): Mentions {
  if (!mayMention(text)) return noMentions
  const prose = foldText(proseOf(text))
  const directory = directoryOf(members)
  const ids = new Set<string>()
  let everybody = false
  for (let at = prose.indexOf('@'); at !== -1; at = prose.indexOf('@', at + 1)) {
    if (isInsideWord(prose, at)) continue
    const found = directory.match(prose, at + 1)
    if (found === EVERYBODY) everybody = true
    else if (found !== undefined) ids.add(found)
  }
  return { ids: [...ids], everybody }
}

interface Directory {
  match(prose: string, at: number): string | typeof EVERYBODY | undefined
}

function directoryOf(members: readonly Mentionable[]): Directory {
  const owners = new Map<string, string | typeof EVERYBODY>()
  for (const word of everybodyWords) owners.set(foldName(word), EVERYBODY)
  for (const member of members) {
    for (const name of member.names) {
      const folded = foldName(name)
      if (folded !== '' && !owners.has(folded)) owners.set(folded, member.id)
    }
  }
  const lengths = [...new Set([...owners.keys()].map((name) => name.length))].toSorted((left, right) => right - left)
  return {
    match(prose, at) {
      for (const length of lengths) {
        const owner = owners.get(prose.slice(at, at + length))
        if (owner !== undefined && endsThere(prose, at + length)) return owner
      }
      return undefined
    },
  }
}

/** As {@link foldName}, for a whole text. */
function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ').replace(/\s+/gu, ' ')
}

// Letters of scripts that attach words without a space; everything else that is a letter, mark or digit makes words.
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Hangul}ー]/u
const WORD = /[\p{L}\p{M}\p{N}_]/u

function isWordCharacter(character: string): boolean {
  return character !== '' && WORD.test(character) && !UNSPACED.test(character)
}

function isInsideWord(prose: string, at: number): boolean {
  return isWordCharacter(characterBefore(prose, at))
}

function endsThere(prose: string, end: number): boolean {
  if (!isWordCharacter(characterBefore(prose, end))) return true
  const next = characterAt(prose, end)
  if (isWordCharacter(next)) return false
  // "@x.com", "@types/node" and "@jean-luc" go on after the sign.
  return !/[./-]/u.test(next) || !isWordCharacter(characterAt(prose, end + next.length))
}

function characterAt(text: string, index: number): string {
  const point = text.codePointAt(index)
  return point === undefined ? '' : String.fromCodePoint(point)
}

function characterBefore(text: string, index: number): string {
  const last = text.charCodeAt(index - 1)
  const isLowSurrogate = last >= 0xdc00 && last <= 0xdfff
  return index <= 0 ? '' : characterAt(text, isLowSurrogate && index > 1 ? index - 2 : index - 1)
}
