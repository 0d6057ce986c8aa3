/** From the bytes of a fetched page to its text. HTML is read on a thread that is ended when it takes too long. */
import { Worker } from 'node:worker_threads'
import { toolErrors } from '../errors.ts'
import type { FetchedPage } from './guarded-fetch.ts'
import type { ReadableText } from './readable-text.ts'

export interface PageQuestion {
  readonly html: string
}

// In development the thread runs the source; a bundle has it as an entry beside the main chunk.
const ENTRY = import.meta.url.endsWith('.ts')
  ? new URL('./page-worker.ts', import.meta.url)
  : new URL('./page-worker.js', import.meta.url)

const HTML = /^(text\/html|application\/xhtml\+xml)$/
const PLAIN = /^(text\/|application\/(json|ld\+json|xml|rss\+xml|atom\+xml|yaml|javascript)$)/
const MAX_HTML = 1_500_000
const MEMORY = { maxOldGenerationSizeMb: 512, stackSizeMb: 16 }

/** `timeout`: milliseconds for an HTML page. Throws `tool_failed` for a page that is no text or cannot be read in time; the reason of `signal` when it aborts. */
export async function readPage(page: FetchedPage, timeout: number, signal: AbortSignal): Promise<ReadableText> {
  if (HTML.test(page.mime)) {
    const html = decode(page.bytes, page.charset ?? metaCharset(page.bytes)).slice(0, MAX_HTML)
    return onThread({ html }, timeout, signal)
  }
  if (PLAIN.test(page.mime)) return { title: '', text: decode(page.bytes, page.charset).trim() }
  throw failed(`The address leads to a file of type ${page.mime.slice(0, 80)}, not to a page of text.`)
}

async function onThread(question: PageQuestion, timeout: number, signal: AbortSignal): Promise<ReadableText> {
  signal.throwIfAborted()
  const worker = new Worker(ENTRY, { workerData: question, resourceLimits: MEMORY, name: 'parley-page' })
  const { promise, resolve, reject } = Promise.withResolvers<ReadableText>()
  const timer = setTimeout(() => reject(failed('The page is too complicated to be read.')), timeout)
  const onAbort = (): void => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  worker.once('message', resolve)
  worker.once('error', (cause) => reject(failed('The page is too complicated to be read.', cause)))
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
    await worker.terminate()
  }
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

function failed(reason: string, cause?: unknown): Error {
  return toolErrors.tool_failed({ details: { reason }, ...(cause === undefined ? {} : { cause }) })
}
