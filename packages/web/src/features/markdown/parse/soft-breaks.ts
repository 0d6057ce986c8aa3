/** Line breaks inside a paragraph stay line breaks, as everywhere in messengers. */
import type { Nodes, Parents, PhrasingContent, Text } from 'mdast'

/** Turns the newlines of texts below `node` into breaks, in place. */
export function keepLineBreaks(node: Nodes): void {
  if (!('children' in node)) return
  const parent = node as Parents
  for (const child of parent.children) keepLineBreaks(child)
  if (!parent.children.some((child) => child.type === 'text' && child.value.includes('\n'))) return
  parent.children = (parent.children as PhrasingContent[]).flatMap((child) =>
    child.type === 'text' ? lines(child) : [child],
  )
}

function lines(text: Text): PhrasingContent[] {
  return text.value.split(/[ \t]*\r?\n[ \t]*/).flatMap((value, index): PhrasingContent[] => {
    const line: PhrasingContent[] = value === '' ? [] : [{ type: 'text', value }]
    return index === 0 ? line : [{ type: 'break' }, ...line]
  })
}
