import type { RecordOp } from '@parley/core/ports'
import type { Db } from '../schema.ts'
import { deleteAgent, putAgent } from './agents.ts'
import { deleteChannel, putChannel } from './channels.ts'
import { addAudit, addUsage, putBlob } from './ledger.ts'
import { deleteMember, putMember, putPreference } from './members.ts'
import { addMention } from './mentions.ts'
import type { OpOf } from './op.ts'
import { deleteExpiredSessions, deleteSession, deleteSessionsFor, putSession, touchSession } from './sessions.ts'
import { putSetting } from './settings.ts'
import { deleteUser, putUser } from './users.ts'

export type { OpOf } from './op.ts'

type RecordWrites = { readonly [Name in RecordOp['op']]: (db: Db, op: OpOf<RecordOp, Name>) => Promise<void> }

/** How each record operation is done on an open transaction of any SQL engine. */
export const recordWrites: RecordWrites = {
  'user.put': putUser,
  'user.delete': deleteUser,
  'session.put': putSession,
  'session.touch': touchSession,
  'session.delete': deleteSession,
  'session.delete-for': deleteSessionsFor,
  'session.delete-expired': deleteExpiredSessions,
  'agent.put': putAgent,
  'agent.delete': deleteAgent,
  'channel.put': putChannel,
  'channel.delete': deleteChannel,
  'member.put': putMember,
  'member.delete': deleteMember,
  'preference.put': putPreference,
  'mention.add': addMention,
  'setting.put': putSetting,
  'blob.put': putBlob,
  'usage.add': addUsage,
  'audit.add': addAudit,
}
