import {
  type AgentRecord,
  type AuditRecord,
  type BlobRecord,
  type ChannelRecord,
  type MemberRecord,
  type PreferenceRecord,
  type SessionRecord,
  storeErrors,
  type UsageRecord,
  type UserRecord,
} from '@parley/core/ports'
import { Table, type UndoLog } from './tables.ts'

export interface MentionRow {
  readonly channelId: string
  readonly userId: string
  readonly key: string
  readonly seq: number
}

/** The tables beside the log, with the references between them that an SQL engine would check. */
export class MemoryRecords {
  readonly users: Table<UserRecord>
  readonly sessions: Table<SessionRecord>
  readonly agents: Table<AgentRecord>
  readonly channels: Table<ChannelRecord>
  /** By channel and member. */
  readonly members: Table<MemberRecord>
  /** By channel and user. */
  readonly preferences: Table<PreferenceRecord>
  /** By channel, user and position. */
  readonly mentions: Table<MentionRow>
  readonly settings: Table<unknown>
  readonly blobs: Table<BlobRecord>
  readonly usage: Table<UsageRecord>
  readonly audit: Table<AuditRecord>

  constructor(undo: UndoLog) {
    this.users = new Table(undo)
    this.sessions = new Table(undo)
    this.agents = new Table(undo)
    this.channels = new Table(undo)
    this.members = new Table(undo)
    this.preferences = new Table(undo)
    this.mentions = new Table(undo)
    this.settings = new Table(undo)
    this.blobs = new Table(undo)
    this.usage = new Table(undo)
    this.audit = new Table(undo)
  }

  requireChannel(id: string): void {
    if (!this.channels.has(id)) throw storeErrors.write_conflict()
  }

  requireUser(id: string): void {
    if (!this.users.has(id)) throw storeErrors.write_conflict()
  }
}

/** Refuses with `write_conflict` when another row than `id` has the same value in a unique field. */
export function assertUnique<Row extends { readonly id: string }>(
  table: Table<Row>,
  id: string,
  field: keyof Row,
  value: unknown,
): void {
  if (value === null) return
  if (table.values().some((row) => row.id !== id && row[field] === value)) throw storeErrors.write_conflict()
}
