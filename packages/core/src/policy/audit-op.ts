import type { AuditRecord } from '../ports/index.ts'
import type { Stamps } from '../stamps.ts'

/** The audit row of an act, to be committed in the unit of the act itself. `details` never carries secrets. */
export function auditOp(
  stamps: Stamps,
  actor: string,
  action: string,
  subject: string,
  details: Readonly<Record<string, unknown>> = {},
): { readonly op: 'audit.add'; readonly record: AuditRecord } {
  const at = stamps.now()
  return {
    op: 'audit.add',
    record: { id: stamps.id('audit'), at, actor, action, subject, details: JSON.stringify(details) },
  }
}
