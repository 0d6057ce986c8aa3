import type { z } from 'zod'

/** Says in words what is wrong with a field: `channelId: is required.` */
export function describeIssue(issue: z.core.$ZodIssue | undefined, value: unknown, whole: string): string {
  const field = issue?.path.length ? issue.path.join('.') : whole
  return `${field}: ${problemOf(issue, value)}`
}

function problemOf(issue: z.core.$ZodIssue | undefined, value: unknown): string {
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
