/** Markdown of one block → sanitised hast. Pure; the same input gives the same tree. */
import type { Root } from 'hast'
import { sanitize } from 'hast-util-sanitize'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { mathFromMarkdown } from 'mdast-util-math'
import { toHast } from 'mdast-util-to-hast'
import { gfm } from 'micromark-extension-gfm'
import { math } from 'micromark-extension-math'
import { trimAutolinks } from './autolinks.ts'
import { cjkEmphasis } from './cjk-emphasis.ts'
import { footnoteHandlers } from './footnotes.ts'
import { resolveRawHtml } from './inline-html.ts'
import { normaliseMath } from './math-delimiters.ts'
import { markMentions } from './mentions.ts'
import { allowed } from './schema.ts'
import { keepLineBreaks } from './soft-breaks.ts'

const syntax = [gfm({ singleTilde: false }), math({ singleDollarTextMath: false }), cjkEmphasis()]
const tree = [gfmFromMarkdown(), mathFromMarkdown()]

interface ToHastOptions {
  /** Link and footnote definitions of other blocks: they resolve, but are not drawn. */
  readonly definitions: string
  readonly mentions: RegExp
  /** Keeps footnote anchors of different messages apart. */
  readonly scope: string
}

export function markdownToHast(source: string, options: ToHastOptions): Root {
  const own = normaliseMath(source)
  const text = options.definitions === '' ? own : `${own}\n\n${options.definitions}`
  const mdast = fromMarkdown(text, { extensions: syntax, mdastExtensions: tree })
  mdast.children = mdast.children.filter(
    (node) => node.type === 'definition' || (node.position?.start.offset ?? 0) < Math.max(1, own.length),
  )
  trimAutolinks(mdast)
  keepLineBreaks(mdast)
  const hast = toHast(mdast, { allowDangerousHtml: true, handlers: footnoteHandlers(options.scope) }) as Root
  resolveRawHtml(hast)
  markMentions(hast, options.mentions)
  return sanitize(hast, allowed) as Root
}
