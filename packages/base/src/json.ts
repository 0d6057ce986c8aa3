/** JSON with limits and a canonical form. Parsing untrusted text goes through {@link parseJson}. */
import { defineErrors } from './errors.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export const jsonErrors = defineErrors({
  json_invalid: { kind: 'invalid', message: 'The text is not valid JSON.', retry: 'never' },
  json_too_deep: { kind: 'invalid', message: 'The JSON is nested deeper than {limit} levels.', retry: 'never' },
  json_too_large: { kind: 'too_large', message: 'The JSON is longer than {limit} characters.', retry: 'never' },
})

export interface JsonLimits {
  /** UTF-16 code units of the text. */
  readonly maxLength?: number
  readonly maxDepth?: number
}

/** Parses untrusted JSON. Drops `__proto__` keys. Throws `json_invalid`, `json_too_deep` or `json_too_large`. */
export function parseJson(text: string, limits: JsonLimits = {}): unknown {
  const maxLength = limits.maxLength ?? 4_000_000
  if (text.length > maxLength) throw jsonErrors.json_too_large({ details: { limit: maxLength } })
  assertDepth(text, limits.maxDepth ?? 64)
  try {
    return text.includes('__proto__') ? JSON.parse(text, dropPrototype) : JSON.parse(text)
  } catch (cause) {
    throw jsonErrors.json_invalid({ cause })
  }
}

function dropPrototype(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value
}

function assertDepth(text: string, maxDepth: number): void {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (inString) {
      if (code === 0x5c) i++
      else if (code === 0x22) inString = false
      continue
    }
    if (code === 0x22) inString = true
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > maxDepth) throw jsonErrors.json_too_deep({ details: { limit: maxDepth } })
    } else if (code === 0x7d || code === 0x5d) depth--
  }
}

/** Serialises with object keys sorted by UTF-16 code units and no white space: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`
  const record = value as Record<string, unknown>
  const parts: string[] = []
  for (const key of Object.keys(record).toSorted()) {
    if (record[key] !== undefined) parts.push(`${JSON.stringify(key)}:${canonicalJson(record[key])}`)
  }
  return `{${parts.join(',')}}`
}
