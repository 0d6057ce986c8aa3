/**
 * Moves thinking that a model writes inline (`<think>…</think>` and its kin) out of the answer, while it streams.
 * A pure state machine: however the text is cut into pieces, the result is the same.
 *
 * Tags inside code spans and fences are text: an answer may explain them. A closing tag without an opening one means
 * that everything before it was thinking (some chat templates open the tag in the prompt).
 */

export type FilteredPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'thinking'; readonly text: string }
  /** The text given out so far was thinking. */
  | { readonly kind: 'retract' }

export interface ThinkFilter {
  push(piece: string): readonly FilteredPiece[]
  /** Gives out what was held back. */
  end(): readonly FilteredPiece[]
}

interface Family {
  readonly open: string
  readonly close: string
}

const FAMILIES: readonly Family[] = [
  { open: '<think>', close: '</think>' },
  { open: '<thinking>', close: '</thinking>' },
  { open: '<thought>', close: '</thought>' },
  { open: '<|thinking|>', close: '</|thinking|>' },
  { open: '[思考]', close: '[/思考]' },
]

const LONGEST_TAG = Math.max(...FAMILIES.map((family) => family.close.length))

/** Where the text is with regard to code: a tag counts only in `prose`. */
type CodeState = { readonly kind: 'prose' } | { readonly kind: 'span' | 'fence'; readonly ticks: number }

const PROSE: CodeState = { kind: 'prose' }

export function createThinkFilter(): ThinkFilter {
  let held = ''
  let code = PROSE
  let lineIsBlank = true
  let family: Family | undefined
  let depth = 0
  let sawText = false
  let retractPending = false
  // Thinking after the last closing tag while the depth has not come back to 0: the answer, if nothing else is.
  let sinceClose: string | undefined
  let out: FilteredPiece[] = []

  const emit = (kind: 'text' | 'thinking', text: string): void => {
    const last = out.at(-1)
    if (last !== undefined && last.kind === kind) out[out.length - 1] = { kind, text: last.text + text }
    else out.push({ kind, text })
  }

  const emitText = (text: string): void => {
    let visible = text
    if (!sawText || retractPending) {
      visible = text.trimStart()
      if (visible === '') return
      if (retractPending) out.push({ kind: 'retract' })
      retractPending = false
      sawText = true
    }
    emit('text', visible)
  }

  /** Consumes one character or a run of backticks of visible text; returns its length, 0 when more input is needed. */
  const takeText = (atEnd: boolean): number => {
    const first = held.charAt(0)
    if (first === '`') {
      let ticks = 1
      while (held.charAt(ticks) === '`') ticks++
      if (ticks === held.length && !atEnd) return 0
      code = nextCodeState(code, ticks, lineIsBlank)
      lineIsBlank = false
      return ticks
    }
    if (first === '\n') {
      lineIsBlank = true
      // A span does not reach past its line here: one stray backtick must not hide tags for the rest of the answer.
      if (code.kind === 'span') code = PROSE
    } else if (first !== ' ' && first !== '\t') lineIsBlank = false
    return 1
  }

  const run = (atEnd: boolean): readonly FilteredPiece[] => {
    out = []
    while (held !== '') {
      if (family === undefined) {
        if (code.kind === 'prose' && isTagStart(held)) {
          const tag = tagAt(held, FAMILIES)
          if (tag !== undefined) {
            held = held.slice(tag.text.length)
            if (tag.opens) {
              family = tag.family
              depth = 1
              sinceClose = undefined
            } else if (sawText) retractPending = true
            continue
          }
          if (!atEnd && mayBecomeTag(held, FAMILIES)) break
        }
        const length = takeText(atEnd)
        if (length === 0) break
        emitText(held.slice(0, length))
        held = held.slice(length)
        continue
      }
      const tag = isTagStart(held) ? tagAt(held, [family]) : undefined
      if (tag !== undefined) {
        held = held.slice(tag.text.length)
        depth += tag.opens ? 1 : -1
        if (depth === 0) family = undefined
        else if (!tag.opens) sinceClose = ''
        continue
      }
      if (!atEnd && isTagStart(held) && mayBecomeTag(held, [family])) break
      const length = 1 + distanceToTagStart(held, 1)
      const thought = held.slice(0, length)
      held = held.slice(length)
      emit('thinking', thought)
      if (sinceClose !== undefined) sinceClose += thought
    }
    return out
  }

  return {
    push(piece) {
      held += piece
      return run(false)
    },
    end() {
      const pieces = [...run(true)]
      // A tag named within the thinking never closes; what follows the last closing tag is then the answer.
      if (!sawText && family !== undefined && sinceClose?.trim()) pieces.push({ kind: 'text', text: sinceClose.trim() })
      return pieces
    },
  }
}

function nextCodeState(state: CodeState, ticks: number, lineIsBlank: boolean): CodeState {
  if (state.kind === 'fence') return lineIsBlank && ticks >= state.ticks ? PROSE : state
  if (state.kind === 'span') return ticks === state.ticks ? PROSE : state
  return lineIsBlank && ticks >= 3 ? { kind: 'fence', ticks } : { kind: 'span', ticks }
}

function isTagStart(text: string): boolean {
  const first = text.charAt(0)
  return first === '<' || first === '['
}

/** Characters from `from` up to the next one that may start a tag. */
function distanceToTagStart(text: string, from: number): number {
  for (let i = from; i < text.length; i++) if (text[i] === '<' || text[i] === '[') return i - from
  return text.length - from
}

interface Tag {
  readonly family: Family
  readonly text: string
  readonly opens: boolean
}

function tagAt(text: string, families: readonly Family[]): Tag | undefined {
  const head = text.slice(0, LONGEST_TAG).toLowerCase()
  for (const family of families) {
    if (head.startsWith(family.open)) return { family, text: family.open, opens: true }
    if (head.startsWith(family.close)) return { family, text: family.close, opens: false }
  }
  return undefined
}

function mayBecomeTag(text: string, families: readonly Family[]): boolean {
  if (text.length >= LONGEST_TAG) return false
  const head = text.toLowerCase()
  return families.some((family) => family.open.startsWith(head) || family.close.startsWith(head))
}
