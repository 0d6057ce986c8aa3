/** From the JSON a model wrote to arguments a tool accepts, or to words that help the model to correct itself. */
import { canonicalJson, isParleyError, parseJson } from '@parley/base'
import { z } from 'zod'
import type { Tool } from '../tools/tool.ts'

export type ParsedArguments =
  | { readonly ok: true; readonly value: unknown; readonly given: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly error: string }

const MAX_LENGTH = 200_000
const MAX_SHOWN = 4_000

export function parseArguments(tool: Tool, text: string): ParsedArguments {
  let given: unknown
  try {
    given = text.trim() === '' ? {} : parseJson(text, { maxLength: MAX_LENGTH, maxDepth: 32 })
  } catch (error) {
    const cause = isParleyError(error) && error.cause instanceof Error ? ` (${error.cause.message})` : ''
    const reason = isParleyError(error) ? error.message : String(error)
    return refusal(tool, `The arguments are not valid: ${reason}${cause}`)
  }
  // Some models wrap the object once more as a string.
  if (typeof given === 'string') given = tryJson(given)
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return refusal(tool, 'The arguments must be a JSON object.')
  }
  const record = given as Record<string, unknown>
  const first = tool.schema.safeParse(record)
  if (first.success) return { ok: true, value: first.data, given: record }
  const coerced = coerce(record, first.error)
  const second = tool.schema.safeParse(coerced)
  if (second.success) return { ok: true, value: second.data, given: coerced }
  return refusal(tool, `The arguments do not fit: ${z.prettifyError(first.error)}`)
}

function refusal(tool: Tool, error: string): ParsedArguments {
  const { $schema: _, ...schema } = z.toJSONSchema(tool.schema, { io: 'input', unrepresentable: 'any' })
  return { ok: false, error: `${error}\nExpected arguments of ${tool.name}: ${JSON.stringify(schema)}` }
}

/** One gentle correction of type slips: "3" → 3, 3 → "3", "true" → true, one → [one], null → absent. */
function coerce(record: Record<string, unknown>, error: z.ZodError): Record<string, unknown> {
  const copy = structuredClone(record)
  for (const issue of error.issues) {
    if (issue.code !== 'invalid_type' || issue.path.length === 0) continue
    const parents = issue.path.slice(0, -1)
    const key = issue.path.at(-1) as PropertyKey
    let holder: unknown = copy
    for (const part of parents) holder = (holder as Record<PropertyKey, unknown> | undefined)?.[part]
    if (typeof holder !== 'object' || holder === null) continue
    const target = holder as Record<PropertyKey, unknown>
    const value = corrected(target[key], issue.expected)
    if (value === undefined) delete target[key]
    else target[key] = value
  }
  return copy
}

function corrected(value: unknown, expected: string): unknown {
  if (value === null) return undefined
  switch (expected) {
    case 'number':
    case 'int': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
      return Number.isNaN(number) ? value : number
    }
    case 'boolean':
      return value === 'true' ? true : value === 'false' ? false : value
    case 'string':
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
    case 'array': {
      const parsed = typeof value === 'string' ? tryJson(value) : value
      return Array.isArray(parsed) ? parsed : [value]
    }
    case 'object':
    case 'record':
      return typeof value === 'string' ? tryJson(value) : value
    default:
      return value
  }
}

/** The arguments as the timeline shows them, whether or not they fit. */
export function shownArguments(text: string): Readonly<Record<string, unknown>> {
  const value = text.trim() === '' ? {} : tryJson(text)
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject && text.length <= MAX_SHOWN ? (value as Record<string, unknown>) : { text: text.slice(0, MAX_SHOWN) }
}

function tryJson(text: string): unknown {
  try {
    return parseJson(text, { maxLength: MAX_LENGTH, maxDepth: 32 })
  } catch {
    return text
  }
}

/** Equal for calls that ask for the same thing. */
export function callSignature(name: string, given: Readonly<Record<string, unknown>>): string {
  return `${name}\n${canonicalJson(given)}`
}
