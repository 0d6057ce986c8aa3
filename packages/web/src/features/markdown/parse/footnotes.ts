/**
 * Footnotes inside one block: GFM collects them at the end of the document, but a block knows only itself, so a
 * footnote stays where it was written and its mark links to it.
 */
import type { Element, ElementContent } from 'hast'
import type { FootnoteDefinition, FootnoteReference } from 'mdast'
import type { Handlers, State } from 'mdast-util-to-hast'

/** `[a b]` → an anchor that is unique within the page. */
function anchor(scope: string, label: string): string {
  const plain = [...label.toLowerCase()].map((char) =>
    /[a-z0-9]/.test(char) ? char : (char.codePointAt(0) ?? 0).toString(36),
  )
  return `fn-${scope}-${plain.join('')}`
}

export function footnoteHandlers(scope: string): Handlers {
  return {
    footnoteReference(_state: State, node: FootnoteReference): Element {
      const label = node.label ?? node.identifier
      const link: Element = {
        type: 'element',
        tagName: 'a',
        properties: { href: `#${anchor(scope, node.identifier)}`, dataFootnote: '' },
        children: [{ type: 'text', value: label }],
      }
      return { type: 'element', tagName: 'sup', properties: {}, children: [link] }
    },
    footnoteDefinition(state: State, node: FootnoteDefinition): Element {
      const label: ElementContent = {
        type: 'element',
        tagName: 'sup',
        properties: {},
        children: [{ type: 'text', value: node.label ?? node.identifier }],
      }
      const body = state.all(node)
      return {
        type: 'element',
        tagName: 'div',
        properties: { id: anchor(scope, node.identifier), dataFootnote: '' },
        children: [label, ...body],
      }
    },
  }
}
