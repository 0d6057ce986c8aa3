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
  // Lengths by first character, longest first: most of what follows an @ begins no name at all.
  const lengths = new Map<string, number[]>()
  for (const length of [...new Set([...owners.keys()].map((name) => name.length))].toSorted((a, b) => b - a)) {
    for (const name of owners.keys()) {
      if (name.length !== length) continue
      const known = lengths.get(name.charAt(0))
      if (known === undefined) lengths.set(name.charAt(0), [length])
      else if (known.at(-1) !== length) known.push(length)
    }
  }
  return {
    match(prose, at) {
      for (const length of lengths.get(prose.charAt(at)) ?? []) {
        const owner = owners.get(prose.slice(at, at + length))
        if (owner !== undefined && endsThere(prose, at + length)) return owner
      }
      return undefined
    },
  }
}

/**
 * As {@link foldName}, for a whole text. Piece by piece, because normalising takes quadratic time in a run of combining
 * marks: one hostile message would hold up everybody for seconds.
 */
function foldText(text: string): string {
  let folded = ''
  for (let from = 0; from < text.length; ) {
    const to = endOfPiece(text, from)
    folded += text.slice(from, to).normalize('NFKC').toLowerCase()
    from = to
  }
  return folded.replaceAll('ς', 'σ').replace(/\s+/gu, ' ')
}

const PIECE = 256
const LONGEST_CLUSTER = 32
// What may melt into the character before it: marks, jamo, voiced-sound marks, the second half of a pair.
const CONTINUES = /[\p{M}\u1160-\u11ff\uff9e-\uffdc\udc00-\udfff]/u

/** A piece ends where a new character begins, unless somebody piled up marks without end. */
function endOfPiece(text: string, from: number): number {
  const longest = from + PIECE
  if (longest >= text.length) return text.length
  for (let end = longest; end > longest - LONGEST_CLUSTER; end--) {
    if (!CONTINUES.test(characterAt(text, end))) return end
  }
  return longest
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
