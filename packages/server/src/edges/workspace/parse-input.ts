/** Checks a part of a request against its schema; the first problem names its field. */
import type { z } from 'zod'
import { hostErrors } from '../../hosts/errors.ts'

/** Parses `value`; throws `field_invalid` naming the field, or `body_missing` when there is no body at all. */
export function parseInput(schema: z.ZodType | undefined, value: unknown, part: 'path' | 'query' | 'body'): unknown {
  if (schema === undefined) return undefined
  const result = schema.safeParse(value)
  if (result.success) return result.data
  if (part === 'body' && value === undefined) throw hostErrors.body_missing()
  const issue = result.error.issues[0]
  const field = issue?.path.length ? issue.path.join('.') : part
  throw hostErrors.field_invalid({ details: { field, problem: describe(issue, value) } })
}

function describe(issue: z.core.$ZodIssue | undefined, value: unknown): string {
  if (issue === undefined) return 'is not valid.'
  if (issue.code === 'invalid_type' && isMissing(issue, value)) return 'is required.'
  return issue.message.endsWith('.') ? issue.message : `${issue.message}.`
}

function isMissing(issue: z.core.$ZodIssue, value: unknown): boolean {
  let at: unknown = value
  for (const key of issue.path) {
    if (typeof at !== 'object' || at === null) return false
    at = (at as Record<PropertyKey, unknown>)[key]
  }
  return at === undefined
}
