import type { RecordOp } from '@parley/core/ports'
import { toSessionRow } from '../rows/user.ts'
import type { Db } from '../schema.ts'
import type { OpOf } from './op.ts'

export async function putSession(db: Db, { record }: OpOf<RecordOp, 'session.put'>): Promise<void> {
  const row = toSessionRow(record)
  await db
    .insertInto('sessions')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

/** Requests finish out of order, so neither the time seen nor the expiry ever goes back. */
export async function touchSession(db: Db, op: OpOf<RecordOp, 'session.touch'>): Promise<void> {
  const touch = db.updateTable('sessions').where('token_hash', '=', op.tokenHash)
  await touch.set({ last_seen_at: op.at, ip: op.ip }).where('last_seen_at', '<=', op.at).execute()
  if (op.expiresAt === undefined) return
  await touch.set({ expires_at: op.expiresAt }).where('expires_at', '<', op.expiresAt).execute()
}

export async function deleteSession(db: Db, { id }: OpOf<RecordOp, 'session.delete'>): Promise<void> {
  await db.deleteFrom('sessions').where('id', '=', id).execute()
}

export async function deleteSessionsFor(db: Db, op: OpOf<RecordOp, 'session.delete-for'>): Promise<void> {
  let query = db.deleteFrom('sessions').where('user_id', '=', op.userId)
  if (op.exceptId !== undefined) query = query.where('id', '!=', op.exceptId)
  await query.execute()
}

export async function deleteExpiredSessions(db: Db, op: OpOf<RecordOp, 'session.delete-expired'>): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<=', op.now).execute()
}
