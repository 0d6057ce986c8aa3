/**
 * Emphasis next to Chinese, Japanese and Korean text. CommonMark's flanking rules expect spaces around words, so
 * `他说**“好。”**然后` would show its asterisks; here a CJK neighbour counts like a space (markdown-cjk-friendly).
 */
import { attention } from 'micromark-core-commonmark'
import { classifyCharacter } from 'micromark-util-classify-character'
import type { Code, Construct, Extension, State } from 'micromark-util-types'

const ASTERISK = 42
const UNDERSCORE = 95

const RANGES: readonly (readonly [number, number])[] = [
  [0x1100, 0x11ff],
  [0x2e80, 0x303f],
  [0x3040, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa960, 0xa97f],
  [0xac00, 0xd7ff],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe4f],
  [0xff00, 0xffef],
  // High surrogates of the supplementary ideographic planes.
  [0xd840, 0xd888],
]

function isCjk(code: Code): boolean {
  return code !== null && RANGES.some(([from, to]) => code >= from && code <= to)
}

/** 1 white space, 2 punctuation, 0 other; CJK punctuation is other. */
function classify(code: Code): 0 | 1 | 2 {
  const group = classifyCharacter(code)
  if (group === 1) return 1
  return group === 2 && !isCjk(code) ? 2 : 0
}

const cjkAttention: Construct = {
  name: 'cjkAttention',
  ...(attention.resolveAll ? { resolveAll: attention.resolveAll } : {}),
  tokenize(effects, ok) {
    const { previous } = this
    const others = this.parser.constructs.attentionMarkers.null
    const isOtherMarker = (code: Code): boolean =>
      code !== null && code !== ASTERISK && code !== UNDERSCORE && (others?.includes(code) ?? false)
    let marker: Code
    const inside: State = (code) => {
      if (code === marker) {
        effects.consume(code)
        return inside
      }
      const token = effects.exit('attentionSequence')
      const before = classify(previous)
      const after = classify(code)
      const open = after === 0 || (after === 2 && (before > 0 || isCjk(previous))) || isOtherMarker(code)
      const close = before === 0 || (before === 2 && (after > 0 || isCjk(code))) || isOtherMarker(previous)
      token._open = marker === ASTERISK ? open : open && (before > 0 || !close)
      token._close = marker === ASTERISK ? close : close && (after > 0 || !open)
      return ok(code)
    }
    return (code) => {
      marker = code
      effects.enter('attentionSequence')
      return inside(code)
    }
  },
}

/** Replaces the built-in emphasis of micromark. */
export function cjkEmphasis(): Extension {
  return {
    text: { [ASTERISK]: cjkAttention, [UNDERSCORE]: cjkAttention },
    insideSpan: { null: [cjkAttention] },
    disable: { null: ['attention'] },
  }
}
