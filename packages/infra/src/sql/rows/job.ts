import type { JobRecord } from '@parley/core/ports'
import type { Row } from '../schema.ts'

export function fromJobRow(row: Row<'jobs'>): JobRecord {
  return {
    id: row.id,
    lane: row.lane,
    kind: row.kind,
    payload: row.payload,
    status: row.status as JobRecord['status'],
    position: row.position,
    attempts: row.attempts,
    owner: row.owner,
    leaseUntil: row.lease_until,
    stopRequested: row.stop_requested === 1,
    createdAt: row.created_at,
  }
}
