/** The readable part of an HTML page as Markdown. Slow for large or hostile pages: runs on a thread of its own. */
import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom'
import Turndown from 'turndown'

export interface ReadableText {
  readonly title: string
  readonly text: string
}

/** Below this an "article" is more likely a caption or a cookie notice. */
const SHORTEST_ARTICLE = 200
const HIDDEN = 'script,style,noscript,template,iframe,svg'

export function readableText(html: string): ReadableText {
  const { document } = parseHTML(withBody(html))
  for (const element of document.querySelectorAll(HIDDEN)) element.remove()
  const title = (document.querySelector('title')?.textContent ?? '').trim()
  const body = document.body?.innerHTML ?? html
  try {
    const article = new Readability(document as never, { maxElemsToParse: 20_000 }).parse()
    const text = article?.content ? markdown(article.content) : ''
    if (text.length >= SHORTEST_ARTICLE) return { title: article?.title?.trim() || title, text }
  } catch {
    // Too large or too odd to find the article in: the whole body is still worth reading.
  }
  return { title, text: markdown(body) }
}

function markdown(html: string): string {
  return new Turndown({ headingStyle: 'atx', codeBlockStyle: 'fenced', bulletListMarker: '-' })
    .turndown(html)
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** The parser adds no body of its own to pages that leave it out, as HTML allows. */
function withBody(html: string): string {
  if (/<body[\s>]/i.test(html)) return html
  return `<html><body>${html.replace(/<\/?html[^>]*>/gi, '')}</body></html>`
}
