import { type RecordOp, storeErrors } from '@parley/core/ports'
import type { OpOf } from '../sql/write/op.ts'
import type { MemoryLog } from './log.ts'
import { assertUnique, type MemoryRecords } from './records.ts'
import { compositeKey, type Table } from './tables.ts'

type Writes = { readonly [Name in RecordOp['op']]: (op: OpOf<RecordOp, Name>) => void }

/** How each record operation is done in memory. */
export function createRecordWrites(tables: MemoryRecords, log: MemoryLog): Writes {
  return {
    'user.put': ({ record }) => {
      assertUnique(tables.users, record.id, 'keyHash', record.keyHash)
      tables.users.set(record.id, record)
    },
    'user.delete': ({ id }) => {
      tables.sessions.deleteWhere((row) => row.userId === id)
      tables.members.deleteWhere((row) => row.id === id)
      tables.preferences.deleteWhere((row) => row.userId === id)
      tables.mentions.deleteWhere((row) => row.userId === id)
      tables.users.delete(id)
    },
    'session.put': ({ record }) => {
      tables.requireUser(record.userId)
      assertUnique(tables.sessions, record.id, 'tokenHash', record.tokenHash)
      tables.sessions.set(record.id, record)
    },
    'session.touch': ({ tokenHash, at, ip, expiresAt }) => {
      const session = tables.sessions.values().find((row) => row.tokenHash === tokenHash)
      if (!session) return
      const seen = at >= session.lastSeenAt ? { lastSeenAt: at, ip } : {}
      const end = Math.max(session.expiresAt, expiresAt ?? 0)
      tables.sessions.set(session.id, { ...session, ...seen, expiresAt: end })
    },
    'session.delete': ({ id }) => tables.sessions.delete(id),
    'session.delete-for': ({ userId, exceptId }) =>
      tables.sessions.deleteWhere((row) => row.userId === userId && row.id !== exceptId),
    'session.delete-expired': ({ now }) => tables.sessions.deleteWhere((row) => row.expiresAt <= now),
    'agent.put': ({ record, expectVersion }) => putVersioned(tables.agents, record, expectVersion),
    'agent.delete': ({ id }) => {
      tables.members.deleteWhere((row) => row.id === id)
      for (const channel of tables.channels.values()) {
        if (channel.leaderAgentId !== id) continue
        tables.channels.set(channel.id, { ...channel, leaderAgentId: null, version: channel.version + 1 })
      }
      tables.agents.delete(id)
    },
    'channel.put': ({ record, expectVersion }) => {
      assertUnique(tables.channels, record.id, 'dmKey', record.dmKey)
      putVersioned(tables.channels, record, expectVersion)
    },
    'channel.delete': ({ id, key }) => {
      tables.members.deleteWhere((row) => row.channelId === id)
      tables.preferences.deleteWhere((row) => row.channelId === id)
      tables.mentions.deleteWhere((row) => row.channelId === id)
      tables.channels.delete(id)
      log.truncate({ key, upTo: Number.MAX_SAFE_INTEGER })
    },
    'member.put': ({ record }) => {
      tables.requireChannel(record.channelId)
      tables.members.set(compositeKey(record.channelId, record.id), record)
    },
    'member.delete': ({ channelId, id }) => tables.members.delete(compositeKey(channelId, id)),
    'preference.put': ({ record }) => {
      tables.requireChannel(record.channelId)
      tables.requireUser(record.userId)
      tables.preferences.set(compositeKey(record.channelId, record.userId), record)
    },
    'mention.add': ({ channelId, userId, messageId }) => {
      const place = log.place(messageId)
      if (!place) throw storeErrors.log_not_found({ details: { id: messageId } })
      tables.requireChannel(channelId)
      const row = { channelId, userId, key: place.key, seq: place.seq }
      tables.mentions.set(compositeKey(channelId, userId, place.seq), row)
    },
    'setting.put': ({ name, value }) => tables.settings.set(name, value ?? null),
    'blob.put': ({ record }) => {
      assertUnique(tables.blobs, record.id, 'path', record.path)
      tables.blobs.set(record.id, record)
    },
    'usage.add': ({ record }) => tables.usage.insert(record.id, record),
    'audit.add': ({ record }) => tables.audit.insert(record.id, record),
  }
}

function putVersioned<Row extends { readonly id: string; readonly version: number }>(
  table: Table<Row>,
  record: Row,
  expectVersion: number,
): void {
  if ((table.get(record.id)?.version ?? 0) !== expectVersion) throw storeErrors.write_conflict()
  table.set(record.id, { ...record, version: expectVersion + 1 })
}
