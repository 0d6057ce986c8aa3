import { type RecordOp, storeErrors } from '@parley/core/ports'
import { toChannelRow } from '../rows/channel.ts'
import type { Db } from '../schema.ts'
import type { OpOf } from './op.ts'

/** Stores version `expectVersion + 1`; throws `write_conflict` when another version, or another dm of the same two, is stored. */
export async function putChannel(db: Db, op: OpOf<RecordOp, 'channel.put'>): Promise<void> {
  const row = toChannelRow(op.record, op.expectVersion + 1)
  if (op.expectVersion === 0) {
    const created = await db
      .insertInto('channels')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (created.numInsertedOrUpdatedRows === 0n) throw storeErrors.write_conflict()
    return
  }
  const update = db.updateTable('channels').set(row).where('id', '=', op.record.id)
  const updated = await update.where('version', '=', op.expectVersion).executeTakeFirst()
  if (updated.numUpdatedRows === 0n) throw storeErrors.write_conflict()
}

/** Members, preferences and mentions go with the row (ON DELETE CASCADE). The log is truncated by the engine. */
export async function deleteChannel(db: Db, { id }: OpOf<RecordOp, 'channel.delete'>): Promise<void> {
  await db.deleteFrom('channels').where('id', '=', id).execute()
}
