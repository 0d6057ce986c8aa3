import type {
  AgentReader,
  AuditReader,
  BlobReader,
  ChannelReader,
  SessionReader,
  SettingsReader,
  UserReader,
} from '@parley/core/ports'
import type { MemoryRecords } from './records.ts'
import { compositeKey } from './tables.ts'

export interface RecordReaders {
  readonly users: UserReader
  readonly sessions: SessionReader
  readonly agents: AgentReader
  readonly channels: ChannelReader
  readonly settings: SettingsReader
  readonly blobs: BlobReader
  readonly audit: AuditReader
}

export function createRecordReaders(tables: MemoryRecords): RecordReaders {
  return {
    users: {
      get: async (id) => tables.users.get(id),
      byKeyHash: async (keyHash) => tables.users.values().find((row) => row.keyHash === keyHash),
      list: async () => tables.users.values().toSorted(byCreation),
    },
    sessions: {
      byTokenHash: async (tokenHash) => tables.sessions.values().find((row) => row.tokenHash === tokenHash),
      listFor: async (userId) => {
        const own = tables.sessions.values().filter((row) => row.userId === userId)
        return own.toSorted(byCreation)
      },
    },
    agents: {
      get: async (id) => tables.agents.get(id),
      list: async () => tables.agents.values().toSorted(byCreation),
    },
    channels: createChannelReader(tables),
    settings: { get: async (name) => tables.settings.get(name) },
    blobs: { byPath: async (path) => tables.blobs.values().find((row) => row.path === path) },
    audit: {
      list: async (limit, before) => {
        const newestFirst = tables.audit.values().toReversed()
        const start = before === undefined ? 0 : newestFirst.findIndex((row) => row.id === before) + 1
        if (before !== undefined && start === 0) return []
        return newestFirst.slice(start, start + Math.max(0, limit))
      },
    },
  }
}

function createChannelReader(tables: MemoryRecords): ChannelReader {
  return {
    get: async (id) => tables.channels.get(id),
    byDmKey: async (dmKey) => tables.channels.values().find((row) => row.dmKey === dmKey),
    listFor: async (memberId) => {
      const own = tables.members.values().filter((row) => row.id === memberId)
      return own.flatMap((row) => tables.channels.get(row.channelId) ?? []).toSorted(byCreation)
    },
    members: async (channelId) => {
      const members = tables.members.values().filter((row) => row.channelId === channelId)
      return members.toSorted((a, b) => a.joinedAt - b.joinedAt || compareText(a.id, b.id))
    },
    member: async (channelId, memberId) => tables.members.get(compositeKey(channelId, memberId)),
    preference: async (channelId, userId) => tables.preferences.get(compositeKey(channelId, userId)),
    preferencesFor: async (userId) => {
      const own = tables.preferences.values().filter((row) => row.userId === userId)
      return own.toSorted((a, b) => compareText(a.channelId, b.channelId))
    },
    countMentions: async (channelId, userId, after, cap) => {
      const mentions = tables.mentions.values().filter((row) => row.channelId === channelId && row.userId === userId)
      return Math.min(mentions.filter((row) => row.seq > after).length, Math.max(0, cap))
    },
  }
}

interface Created {
  readonly id: string
  readonly createdAt: number
}

function byCreation(a: Created, b: Created): number {
  return a.createdAt - b.createdAt || compareText(a.id, b.id)
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
