/** From what a model server or the network said to one of our declared errors. The vendors' own words stay in `cause`. */
import type { ParleyError, ParleyErrorOptions } from '@parley/base'
import { type ModelErrorCode, modelErrors } from './failures.ts'

export interface FailedReply {
  /** HTTP status; undefined for an error inside a 200 stream. */
  readonly status: number | undefined
  /** Body or error text, in whatever shape. */
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
}

export interface ModelSource {
  readonly provider: string
  /** `provider/model`. */
  readonly model: string
}

// Asked in this order: the first match decides, whatever the status is (vendors use 400, 404, 422 and 500 at will).
const WORDINGS: readonly (readonly [RegExp, ModelErrorCode])[] = [
  [
    /context_length_exceeded|maximum context length|context (length|size|window)|exceed_context_size|prompt is too long|too many (input )?tokens|input token count|reduce the length|range of input length|input is too long|string too long|tokens to keep from the initial prompt/i,
    'model_context_overflow',
  ],
  [
    /(does not|doesn't|not|no endpoints found that) support(ed|s|ing)? (image|vision|multimodal)|image (input|url)s? (is|are) not supported|images are not supported|unknown variant .?image_url|invalid content type.*image_url|field must be a base64 encoded image|not a multimodal model|mmproj/i,
    'model_images_refused',
  ],
  [/(does not|doesn't|not|no endpoints found that) support(ed|s|ing)? (tool|function)/i, 'model_tools_refused'],
  [
    /jinja|chat template|conversation roles must alternate|roles must alternate|no user query found|after the optional system message|system role not supported/i,
    'model_template_refused',
  ],
  [
    /content_filter|content management policy|content_policy|data_inspection_failed|responsibleai|prohibited_content|flagged by|sensitive words/i,
    'model_content_filter',
  ],
  [
    /model_not_found|model .{0,200}(not found|does not exist|is not available)|no models? loaded|failed to load model|unknown model|invalid model|try pulling it/i,
    'model_missing',
  ],
  [/insufficient_quota|exceeded your current quota|insufficient balance|billing/i, 'model_rate_limited'],
]

const BY_STATUS: Readonly<Record<number, ModelErrorCode>> = {
  401: 'model_auth',
  402: 'model_rate_limited',
  403: 'model_auth',
  404: 'model_missing',
  408: 'model_timeout',
  413: 'model_context_overflow',
  429: 'model_rate_limited',
  504: 'model_timeout',
  529: 'model_server',
}

/** The error for a reply that is no answer. `now`: milliseconds, to read a Retry-After date. */
export function classifyReply(reply: FailedReply, source: ModelSource, now: number, cause?: unknown): ParleyError {
  const code = codeOf(reply)
  const retryAfter = retryAfterSeconds(reply.headers, now)
  const options: ParleyErrorOptions = {
    details: { ...source, ...(reply.status === undefined ? {} : { status: reply.status }) },
    ...(cause === undefined ? {} : { cause }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  }
  return modelErrors[code](options)
}

function codeOf(reply: FailedReply): ModelErrorCode {
  const { status } = reply
  // Never let the words of an HTML page decide.
  const isPage = /^\s*<(!doctype|html)/i.test(reply.text)
  // A refused key or a busy server may be explained with any words.
  if (status === 401 || status === 429 || (isPage && status !== undefined && status >= 500)) {
    return BY_STATUS[status] ?? 'model_server'
  }
  if (!isPage) {
    for (const [words, code] of WORDINGS) if (words.test(reply.text)) return code
  }
  if (status === undefined) return /overloaded|rate.?limit/i.test(reply.text) ? 'model_rate_limited' : 'model_server'
  const known = BY_STATUS[status]
  if (known !== undefined) return known
  return status >= 400 && status < 500 ? 'model_bad_request' : 'model_server'
}

/** Retry-After in seconds, from seconds, a date, or the `-ms` variant some vendors send. */
export function retryAfterSeconds(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const milliseconds = Number(headers['retry-after-ms'])
  if (headers['retry-after-ms'] !== undefined && milliseconds >= 0) return milliseconds / 1000
  const text = headers['retry-after']
  if (text === undefined || text === '') return undefined
  const seconds = Number(text)
  if (!Number.isNaN(seconds)) return seconds >= 0 ? seconds : undefined
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000)
}

/** True for errors of the connection itself: refused, DNS, TLS, reset. */
export function isNetworkError(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < 8; depth++) {
    const { code } = current as { code?: unknown }
    if (
      typeof code === 'string' &&
      /^(E[A-Z_]+|UND_ERR_[A-Z_]+|CERT_[A-Z_]+|[A-Z_]*CERT[A-Z_]*|HPE_[A-Z_]+)$/.test(code)
    ) {
      return true
    }
    if (current.message === 'terminated' || current.message === 'fetch failed') return true
    current = current.cause
  }
  return false
}
