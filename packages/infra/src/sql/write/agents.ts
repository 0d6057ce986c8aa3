import { type RecordOp, storeErrors } from '@parley/core/ports'
import { toAgentRow } from '../rows/agent.ts'
import type { Db } from '../schema.ts'
import type { OpOf } from './op.ts'

/** Stores version `expectVersion + 1`; throws `write_conflict` when another version is stored. */
export async function putAgent(db: Db, op: OpOf<RecordOp, 'agent.put'>): Promise<void> {
  const row = toAgentRow(op.record, op.expectVersion + 1)
  if (op.expectVersion === 0) {
    const created = await db
      .insertInto('agents')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (created.numInsertedOrUpdatedRows === 0n) throw storeErrors.write_conflict()
    return
  }
  const update = db.updateTable('agents').set(row).where('id', '=', op.record.id)
  const updated = await update.where('version', '=', op.expectVersion).executeTakeFirst()
  if (updated.numUpdatedRows === 0n) throw storeErrors.write_conflict()
}

/** Channels it led get a new version: a put based on the old one would name the deleted agent again. */
export async function deleteAgent(db: Db, { id }: OpOf<RecordOp, 'agent.delete'>): Promise<void> {
  await db.deleteFrom('channel_members').where('member_id', '=', id).execute()
  await db
    .updateTable('channels')
    .set((eb) => ({ leader_agent_id: null, version: eb('version', '+', 1) }))
    .where('leader_agent_id', '=', id)
    .execute()
  await db.deleteFrom('agents').where('id', '=', id).execute()
}
