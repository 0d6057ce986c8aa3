import type { RecordOp } from '@parley/core/ports'
import { toMemberRow, toPreferenceRow } from '../rows/channel.ts'
import type { Db } from '../schema.ts'
import type { OpOf } from './op.ts'

export async function putMember(db: Db, { record }: OpOf<RecordOp, 'member.put'>): Promise<void> {
  const row = toMemberRow(record)
  await db
    .insertInto('channel_members')
    .values(row)
    .onConflict((conflict) => conflict.columns(['channel_id', 'member_id']).doUpdateSet(row))
    .execute()
}

export async function deleteMember(db: Db, op: OpOf<RecordOp, 'member.delete'>): Promise<void> {
  const members = db.deleteFrom('channel_members').where('channel_id', '=', op.channelId)
  await members.where('member_id', '=', op.id).execute()
}

export async function putPreference(db: Db, { record }: OpOf<RecordOp, 'preference.put'>): Promise<void> {
  const row = toPreferenceRow(record)
  await db
    .insertInto('preferences')
    .values(row)
    .onConflict((conflict) => conflict.columns(['channel_id', 'user_id']).doUpdateSet(row))
    .execute()
}
