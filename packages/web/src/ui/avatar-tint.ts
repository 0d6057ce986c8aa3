const TINTS = 12

/** Class of the tint belonging to an id: the same id has the same colour on every screen. */
export function tintClass(id: string): string {
  let hash = 2166136261
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16777619)
  return `tint tint-${(hash >>> 8) % TINTS}`
}

/** What a disc shows instead of an emoji: the first letter of a word script, the last sign of a Chinese name. */
export function initialOf(name: string): string {
  const segments = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name.trim())]
  const first = segments[0]?.segment ?? '?'
  const last = segments.at(-1)?.segment ?? first
  return /\p{Script=Han}/u.test(last) && /\p{Script=Han}/u.test(first) ? last : first.toLocaleUpperCase()
}
