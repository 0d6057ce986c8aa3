/** GET of a public page: each hop is checked, sizes and times are capped. */
import { isParleyError } from '@parley/base'
import { toolErrors } from '../errors.ts'
import { type AddressPolicy, checkedUrl, publicOnly, refused } from './address-policy.ts'
import { pinnedLookup, type Resolver, systemResolver } from './pinned-lookup.ts'

export interface FetchPolicy extends AddressPolicy {
  /** Bytes of a body after decompression. */
  readonly maxBytes: number
  /** Milliseconds for everything. */
  readonly timeout: number
  readonly maxRedirects: number
  /** Milliseconds to make text of an HTML page. */
  readonly readTimeout: number
  readonly resolve: Resolver
}

export const defaultFetchPolicy: FetchPolicy = {
  ...publicOnly,
  maxBytes: 2_000_000,
  timeout: 20_000,
  maxRedirects: 5,
  readTimeout: 10_000,
  resolve: systemResolver,
}

export interface FetchedPage {
  /** Where the redirects ended. */
  readonly url: URL
  /** Lower-case media type without parameters. */
  readonly mime: string
  readonly charset: string | undefined
  readonly bytes: Uint8Array
  /** True when the page was longer than allowed. */
  readonly truncated: boolean
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])

/** Throws `tool_refused` for a forbidden address, `tool_failed` when the page cannot be had; the reason of `signal` when it aborts. */
export async function guardedFetch(address: string, policy: FetchPolicy, signal: AbortSignal): Promise<FetchedPage> {
  // The dispatcher and the fetch must come from the same undici: Node bundles another one.
  const { Agent, fetch } = await import('undici')
  const limit = AbortSignal.timeout(policy.timeout)
  const both = AbortSignal.any([signal, limit])
  const agent = new Agent({
    connect: { lookup: pinnedLookup(policy, policy.resolve) as never, timeout: Math.min(10_000, policy.timeout) },
    maxHeaderSize: 32_768,
    allowH2: false,
  })
  try {
    let url = checkedUrl(address, policy)
    for (let hop = 0; ; hop++) {
      const response = await fetch(url, {
        dispatcher: agent,
        redirect: 'manual',
        signal: both,
        headers: {
          accept: 'text/html,application/xhtml+xml,text/plain,application/json;q=0.9,*/*;q=0.5',
          'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8',
          'user-agent': 'Mozilla/5.0 (compatible; Parley/0.1)',
        },
      })
      const location = response.headers.get('location')
      if (REDIRECTS.has(response.status) && location !== null) {
        await response.body?.cancel()
        if (hop >= policy.maxRedirects) throw refused('The page redirects too often.')
        url = checkedUrl(location, policy, url)
        continue
      }
      if (!response.ok) {
        await response.body?.cancel()
        throw failed(`${url.hostname} answered with status ${response.status}.`)
      }
      const [mime = '', ...parameters] = (response.headers.get('content-type') ?? 'text/plain').split(';')
      const charset = parameters.map((entry) => /^\s*charset\s*=\s*"?([^"\s]+)/i.exec(entry)?.[1]).find(Boolean)
      const { bytes, truncated } = await readCapped(response.body as AsyncIterable<Uint8Array> | null, policy.maxBytes)
      return { url, mime: mime.trim().toLowerCase(), charset, bytes, truncated }
    }
  } catch (error) {
    signal.throwIfAborted()
    if (limit.aborted) throw failed(`The page did not arrive within ${policy.timeout / 1000} s.`)
    throw ownError(error) ?? failed('The page cannot be reached.', error)
  } finally {
    await agent.destroy()
  }
}

async function readCapped(
  body: AsyncIterable<Uint8Array> | null,
  maxBytes: number,
): Promise<{ bytes: Uint8Array; truncated: boolean }> {
  const chunks: Uint8Array[] = []
  let size = 0
  // Leaving the loop cancels the rest of the body.
  for await (const chunk of body ?? []) {
    chunks.push(chunk)
    size += chunk.length
    if (size > maxBytes) break
  }
  const bytes = Buffer.concat(chunks)
  return { bytes: bytes.subarray(0, maxBytes), truncated: size > maxBytes }
}

/** Our refusal, also when the socket wrapped it. */
function ownError(error: unknown): Error | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < 6; depth++) {
    if (isParleyError(current)) return current
    current = current.cause
  }
  return undefined
}

function failed(reason: string, cause?: unknown): Error {
  return toolErrors.tool_failed({ details: { reason }, ...(cause === undefined ? {} : { cause }) })
}
