/** Marks `@Name` in the text of a message (not in code, links or formulas). */
import type { Element, ElementContent, Nodes, Text } from 'hast'

const SKIP = new Set(['a', 'code', 'pre'])
const ANY_NAME = /(?<![a-z0-9_@./:-])@[\p{L}\p{N}][\p{L}\p{N}_-]*/giu

/** A pattern for the given names, longest first; without names, anything that looks like one. */
export function mentionPattern(names: readonly string[] | undefined): RegExp {
  if (names === undefined) return ANY_NAME
  const words = [...new Set(names)].filter((name) => name !== '').sort((a, b) => b.length - a.length)
  if (words.length === 0) return /(?!)/g
  const escaped = words.map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
  return new RegExp(`(?<![a-z0-9_@./:-])@(?:${escaped.join('|')})(?![a-z0-9_])`, 'giu')
}

/** Wraps mentions below `node` in `<span data-mention>`, in place. */
export function markMentions(node: Nodes, pattern: RegExp): void {
  if (
    !('children' in node) ||
    (node.type === 'element' && (SKIP.has(node.tagName) || 'dataMention' in node.properties))
  )
    return
  const children = node.children as ElementContent[]
  if (children.some((child) => child.type === 'text' && child.value.includes('@'))) {
    ;(node as Element).children = children.flatMap((child) => (child.type === 'text' ? split(child, pattern) : [child]))
  }
  for (const child of node.children) markMentions(child, pattern)
}

function split(text: Text, pattern: RegExp): ElementContent[] {
  const parts: ElementContent[] = []
  let end = 0
  for (const match of text.value.matchAll(pattern)) {
    if (match.index > end) parts.push({ type: 'text', value: text.value.slice(end, match.index) })
    const value: Text = { type: 'text', value: match[0] }
    parts.push({ type: 'element', tagName: 'span', properties: { dataMention: '' }, children: [value] })
    end = match.index + match[0].length
  }
  if (end === 0) return [text]
  if (end < text.value.length) parts.push({ type: 'text', value: text.value.slice(end) })
  return parts
}
