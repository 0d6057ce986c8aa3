import type { RecordOp } from '@parley/core/ports'
import { toUserRow } from '../rows/user.ts'
import type { Db } from '../schema.ts'
import type { OpOf } from './op.ts'

export async function putUser(db: Db, { record }: OpOf<RecordOp, 'user.put'>): Promise<void> {
  const row = toUserRow(record)
  await db
    .insertInto('users')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

/** Sessions and preferences go with the row (ON DELETE CASCADE); memberships name users and agents alike, so they go here. */
export async function deleteUser(db: Db, { id }: OpOf<RecordOp, 'user.delete'>): Promise<void> {
  await db.deleteFrom('channel_members').where('member_id', '=', id).execute()
  await db.deleteFrom('mentions').where('user_id', '=', id).execute()
  await db.deleteFrom('users').where('id', '=', id).execute()
}
