/** Bare addresses in Chinese prose: GFM takes the full stop and the words after it into the link, readers do not. */
import type { Link, Nodes, Parents, PhrasingContent } from 'mdast'

const CJK_STOP = /[\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’]/

/** Cuts autolinks at the first CJK punctuation, in place. */
export function trimAutolinks(node: Nodes): void {
  if (!('children' in node)) return
  const parent = node as Parents
  for (const child of parent.children) trimAutolinks(child)
  if (parent.children.some((child) => child.type === 'link' && cutAt(child) > 0)) {
    parent.children = (parent.children as PhrasingContent[]).flatMap((child) =>
      child.type === 'link' ? cut(child) : [child],
    )
  }
}

/** Where the address of a bare link should end; 0 leaves it alone. */
function cutAt(link: Link): number {
  const text = link.children[0]
  if (link.children.length !== 1 || text?.type !== 'text' || !link.url.endsWith(text.value)) return 0
  const stop = text.value.search(CJK_STOP)
  return stop > 0 ? stop : 0
}

function cut(link: Link): PhrasingContent[] {
  const at = cutAt(link)
  const text = link.children[0]
  if (at === 0 || text?.type !== 'text') return [link]
  const dropped = text.value.length - at
  return [
    {
      ...link,
      url: link.url.slice(0, link.url.length - dropped),
      children: [{ type: 'text', value: text.value.slice(0, at) }],
    },
    { type: 'text', value: text.value.slice(at) },
  ]
}
