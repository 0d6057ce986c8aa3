import type { RecordOp } from '@parley/core/ports'
import type { Db } from '../schema.ts'
import type { OpOf } from './op.ts'

export async function putSetting(db: Db, op: OpOf<RecordOp, 'setting.put'>): Promise<void> {
  const row = { name: op.name, value: JSON.stringify(op.value ?? null) }
  await db
    .insertInto('settings')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute()
}
