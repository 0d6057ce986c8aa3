/** The readable part of a fetched page as Markdown. */
import { toolErrors } from '../errors.ts'
import type { FetchedPage } from './guarded-fetch.ts'

export interface ReadableText {
  readonly title: string
  readonly text: string
}

const HTML = /^(text\/html|application\/xhtml\+xml)$/
const PLAIN = /^(text\/|application\/(json|ld\+json|xml|rss\+xml|atom\+xml|yaml|javascript)$)/
/** Larger documents are cut: building their tree would hold up everything else. */
const MAX_HTML = 1_000_000

/** Throws `tool_failed` for a page that is no text. */
export async function readableText(page: FetchedPage): Promise<ReadableText> {
  if (!HTML.test(page.mime)) {
    if (!PLAIN.test(page.mime)) {
      const reason = `The address leads to a file of type ${page.mime.slice(0, 80)}, not to a page of text.`
      throw toolErrors.tool_failed({ details: { reason } })
    }
    return { title: '', text: decode(page.bytes, page.charset).trim() }
  }
  const html = decode(page.bytes, page.charset ?? metaCharset(page.bytes)).slice(0, MAX_HTML)
  const [{ parseHTML }, { Readability }, { default: Turndown }] = await Promise.all([
    import('linkedom'),
    import('@mozilla/readability'),
    import('turndown'),
  ])
  const { document } = parseHTML(html)
  for (const element of document.querySelectorAll('script,style,noscript,template,iframe,svg')) element.remove()
  const title = (document.querySelector('title')?.textContent ?? '').trim()
  const body = document.body?.innerHTML ?? html
  const markdown = (source: string): string =>
    new Turndown({ headingStyle: 'atx', codeBlockStyle: 'fenced', bulletListMarker: '-' })
      .turndown(source)
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  try {
    const article = new Readability(document as never, { maxElemsToParse: 20_000 }).parse()
    const text = article?.content ? markdown(article.content) : ''
    if (text.length >= 200) return { title: article?.title?.trim() || title, text }
  } catch {
    // Too large or too odd to find the article in: the whole body is still worth reading.
  }
  return { title, text: markdown(body) }
}

function decode(bytes: Uint8Array, charset: string | undefined): string {
  try {
    return new TextDecoder(charset ?? 'utf-8').decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

/** Many Chinese pages name their charset only inside. */
function metaCharset(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048))
  return /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1]
}
