/** Checks a part of a request against its schema; the first problem names its field. */
import type { z } from 'zod'
import { hostErrors } from '../../hosts/errors.ts'
import { describeIssue } from './describe-issue.ts'

/** Parses `value`; throws `field_invalid` naming the field, or `body_missing` when there is no body at all. */
export function parseInput(schema: z.ZodType | undefined, value: unknown, part: 'path' | 'query' | 'body'): unknown {
  if (schema === undefined) return undefined
  const result = schema.safeParse(value)
  if (result.success) return result.data
  if (part === 'body' && value === undefined) throw hostErrors.body_missing()
  throw hostErrors.field_invalid({ details: { problem: describeIssue(result.error.issues[0], value, part) } })
}
