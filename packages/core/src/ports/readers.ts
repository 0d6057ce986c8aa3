/** Read sides of the records: nothing here can write. A use case receives only the readers it needs. */
import type {
  AgentRecord,
  AuditRecord,
  BlobRecord,
  ChannelRecord,
  JobRecord,
  MemberRecord,
  PreferenceRecord,
  SessionRecord,
  StreamPiece,
  UserRecord,
} from './records.ts'

export interface UserReader {
  get(id: string): Promise<UserRecord | undefined>
  byKeyHash(keyHash: string): Promise<UserRecord | undefined>
  list(): Promise<readonly UserRecord[]>
}

export interface SessionReader {
  /** Hot: called for every request. */
  byTokenHash(tokenHash: string): Promise<SessionRecord | undefined>
  listFor(userId: string): Promise<readonly SessionRecord[]>
}

export interface AgentReader {
  get(id: string): Promise<AgentRecord | undefined>
  list(): Promise<readonly AgentRecord[]>
}

export interface ChannelReader {
  get(id: string): Promise<ChannelRecord | undefined>
  byDmKey(dmKey: string): Promise<ChannelRecord | undefined>
  /** Channels of which this user or agent is a member. */
  listFor(memberId: string): Promise<readonly ChannelRecord[]>
  members(channelId: string): Promise<readonly MemberRecord[]>
  /** Hot: called for every message and subscription. */
  member(channelId: string, memberId: string): Promise<MemberRecord | undefined>
  preference(channelId: string, userId: string): Promise<PreferenceRecord | undefined>
  preferencesFor(userId: string): Promise<readonly PreferenceRecord[]>
  /** Positions after `after` at which `userId` was mentioned, counted up to `cap`. */
  countMentions(channelId: string, userId: string, after: number, cap: number): Promise<number>
}

export interface SettingsReader {
  /** JSON value stored under `name`, or undefined. */
  get(name: string): Promise<unknown>
}

export interface BlobReader {
  byPath(path: string): Promise<BlobRecord | undefined>
}

export interface JobReader {
  get(id: string): Promise<JobRecord | undefined>
  /** Running first, then queued by position. */
  pending(lane: string): Promise<readonly JobRecord[]>
}

export interface StreamReader {
  pieces(messageId: string): Promise<readonly StreamPiece[]>
}

export interface AuditReader {
  /** Newest first. */
  list(limit: number, before?: string): Promise<readonly AuditRecord[]>
}
