import type { RecordOp } from '@parley/core/ports'
import { toBlobRow, toUsageRow } from '../rows/ledger.ts'
import type { Db } from '../schema.ts'
import type { OpOf } from './op.ts'

export async function putBlob(db: Db, { record }: OpOf<RecordOp, 'blob.put'>): Promise<void> {
  const row = toBlobRow(record)
  await db
    .insertInto('blobs')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

export async function addUsage(db: Db, { record }: OpOf<RecordOp, 'usage.add'>): Promise<void> {
  await db.insertInto('usage').values(toUsageRow(record)).execute()
}

export async function addAudit(db: Db, { record }: OpOf<RecordOp, 'audit.add'>): Promise<void> {
  const { id, at, actor, action, subject, details } = record
  await db.insertInto('audit').values({ id, at, actor, action, subject, details }).execute()
}
