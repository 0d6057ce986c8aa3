import { type RecordOp, storeErrors } from '@parley/core/ports'
import type { Db } from '../schema.ts'
import type { OpOf } from './op.ts'

/** Files the mention under the position of its message; throws `log_not_found` when there is no such message. */
export async function addMention(db: Db, op: OpOf<RecordOp, 'mention.add'>): Promise<void> {
  const entry = await db
    .selectFrom('log_entries as e')
    .innerJoin('log_keys as k', 'k.id', 'e.key_id')
    .select(['e.seq', 'e.key_id'])
    .where('e.entry_id', '=', op.messageId)
    .whereRef('e.seq', '>', 'k.floor')
    .orderBy('e.target')
    .limit(1)
    .executeTakeFirst()
  if (!entry) throw storeErrors.log_not_found({ details: { id: op.messageId } })
  await db
    .insertInto('mentions')
    .values({ channel_id: op.channelId, user_id: op.userId, seq: entry.seq, key_id: entry.key_id })
    .onConflict((conflict) => conflict.columns(['channel_id', 'user_id', 'seq']).doNothing())
    .execute()
}
