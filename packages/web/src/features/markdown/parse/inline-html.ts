/**
 * Raw HTML in a message: a handful of plain formatting tags work (without attributes), everything else is shown as the
 * text it is. No HTML parser runs, so nothing can be smuggled past one.
 */
import type { Element, ElementContent, Nodes, Root, RootContent } from 'hast'

/** Tags that mean nothing without attributes: their content stays, they go. */
const TRANSPARENT = new Set(['center', 'div', 'span', 'p', 'font'])
const FORMATTING = new Set('b i em strong u s del ins sub sup kbd mark small q details summary'.split(' '))
const VOID = new Set(['br', 'wbr'])
const COMMENT = /<!--[\s\S]*?-->/g

type Child = RootContent | ElementContent

interface Tag {
  readonly name: string
  readonly kind: 'open' | 'close' | 'void'
}

function tagOf(raw: string): Tag | null {
  const match = /^<(\/?)([a-z]{1,10})((?:\s+[a-z-]+(?:="[^"<>]*"|='[^'<>]*')?)*)\s*(\/?)>$/i.exec(raw.trim())
  const name = match?.[2]?.toLowerCase()
  if (name === undefined) return null
  if (VOID.has(name)) return { name, kind: 'void' }
  if (!(FORMATTING.has(name) || TRANSPARENT.has(name)) || match?.[4] === '/') return null
  return { name, kind: match?.[1] === '/' ? 'close' : 'open' }
}

/** Cuts a raw block into its tags and the text between them. */
function pieces(raw: string): string[] {
  return raw
    .replaceAll(COMMENT, '')
    .split(/(<[^<>]*>)/)
    .filter((piece) => piece !== '')
}

interface OpenTag {
  readonly name: string
  readonly raw: string
  readonly children: ElementContent[]
}

function flatten(children: readonly Child[]): Child[] {
  return children.flatMap((child): Child[] =>
    child.type === 'raw'
      ? pieces(child.value).map((value): Child => (tagOf(value) ? { type: 'raw', value } : { type: 'text', value }))
      : [child],
  )
}

/** Nests the children between matching tags; a tag without its partner becomes text. */
function nest(children: readonly Child[]): ElementContent[] {
  const stack: OpenTag[] = [{ name: '', raw: '', children: [] }]
  const top = (): ElementContent[] => stack.at(-1)?.children ?? []
  const unwrap = (): void => {
    const broken = stack.pop()
    if (broken) top().push({ type: 'text', value: broken.raw }, ...broken.children)
  }
  for (const child of flatten(children)) {
    const tag = child.type === 'raw' ? tagOf(child.value) : null
    if (child.type !== 'raw') top().push(child as ElementContent)
    else if (tag?.kind === 'open') stack.push({ name: tag.name, raw: child.value, children: [] })
    else if (tag?.kind === 'void') top().push(element(tag.name, []))
    else if (tag && stack.some((open) => open.name === tag.name)) {
      while (stack.at(-1)?.name !== tag.name) unwrap()
      const closed = stack.pop()
      if (closed) top().push(...wrap(closed.name, closed.children))
    } else top().push({ type: 'text', value: child.value })
  }
  while (stack.length > 1) unwrap()
  return top()
}

function wrap(name: string, children: ElementContent[]): ElementContent[] {
  return TRANSPARENT.has(name) ? children : [element(name, children)]
}

function element(tagName: string, children: ElementContent[]): Element {
  return { type: 'element', tagName, properties: {}, children }
}

/** Replaces every `raw` node under `node`, in place. */
export function resolveRawHtml(node: Nodes): void {
  if (!('children' in node)) return
  for (const child of node.children) resolveRawHtml(child)
  if (!node.children.some((child) => child.type === 'raw')) return
  const children = nest(node.children)
  ;(node as Root).children = node.type === 'root' ? paragraphs(children) : children
}

/** Text that stood in a block of raw HTML becomes a paragraph. */
function paragraphs(children: readonly ElementContent[]): ElementContent[] {
  const result: ElementContent[] = []
  let run: ElementContent[] = []
  const flush = (): void => {
    if (run.some((child) => child.type !== 'text' || child.value.trim() !== '')) result.push(element('p', run))
    run = []
  }
  for (const child of children) {
    if ((child.type === 'element' && !(FORMATTING.has(child.tagName) || VOID.has(child.tagName))) || isDetails(child)) {
      flush()
      result.push(child)
    } else run.push(child)
  }
  flush()
  return result
}

function isDetails(child: ElementContent): boolean {
  return child.type === 'element' && child.tagName === 'details'
}
