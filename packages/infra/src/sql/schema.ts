/**
 * The tables as Kysely sees them: one description for each SQL engine.
 * Flags are 0 or 1 and JSON is text, because those mean the same everywhere; times are milliseconds since the epoch.
 */
import type { Generated, Insertable, Kysely, Selectable } from 'kysely'

export interface LogKeysTable {
  id: Generated<number>
  name: string
  /** Newest position. */
  head: number
  /** Entries at or below it are gone for readers. */
  floor: number
  /** Entries at or below it are also gone from disk. */
  swept: number
}

export interface LogEntriesTable {
  /** Order of appending over all keys. */
  pos: Generated<number>
  key_id: number
  seq: number
  /** 0 message, 1 change. */
  kind: number
  entry_id: string
  /** Index of the key among the targets of the append. */
  target: number
  producer: string
  client_id: string | null
  at: number
  revision: number
  /** Set when several targets share the body. */
  body_id: number | null
  extra: string | null
  body: string | null
}

export interface UsersTable {
  id: string
  name: string
  role: string
  avatar: string
  key_hash: string | null
  created_at: number
}

export interface SessionsTable {
  id: string
  token_hash: string
  user_id: string
  created_at: number
  last_seen_at: number
  expires_at: number
  ip: string
  user_agent: string
}

export interface AgentsTable {
  id: string
  name: string
  avatar: string
  description: string
  model: string
  /** JSON array of strings. */
  tools: string
  /** JSON array of strings. */
  aliases: string
  /** JSON object or null. */
  localized: string | null
  builtin: number
  disabled: number
  created_at: number
  version: number
}

export interface ChannelsTable {
  id: string
  name: string
  type: string
  avatar: string
  leader_agent_id: string | null
  dm_key: string | null
  created_by: string
  created_at: number
  version: number
}

export interface ChannelMembersTable {
  channel_id: string
  member_id: string
  member_type: string
  role: string
  joined_at: number
}

export interface PreferencesTable {
  channel_id: string
  user_id: string
  pinned: number
  muted: number
  draft: string
}

export interface MentionsTable {
  channel_id: string
  user_id: string
  seq: number
  key_id: number
}

export interface SettingsTable {
  name: string
  /** JSON text. */
  value: string
}

export interface BlobsTable {
  id: string
  path: string
  name: string
  mime: string
  size: number
  width: number | null
  height: number | null
  created_by: string
  created_at: number
}

export interface UsageTable {
  id: string
  message_id: string
  channel_id: string
  agent_id: string
  user_id: string | null
  model: string
  input_tokens: number
  output_tokens: number
  duration_ms: number
  at: number
}

export interface AuditTable {
  pos: Generated<number>
  id: string
  at: number
  actor: string
  action: string
  subject: string
  details: string
}

export interface JobsTable {
  position: Generated<number>
  id: string
  lane: string
  kind: string
  payload: string
  status: string
  attempts: number
  owner: string | null
  lease_until: number | null
  stop_requested: number
  created_at: number
}

export interface StreamPiecesTable {
  pos: Generated<number>
  message_id: string
  kind: string
  data: string
}

export interface Schema {
  log_keys: LogKeysTable
  log_entries: LogEntriesTable
  users: UsersTable
  sessions: SessionsTable
  agents: AgentsTable
  channels: ChannelsTable
  channel_members: ChannelMembersTable
  preferences: PreferencesTable
  mentions: MentionsTable
  settings: SettingsTable
  blobs: BlobsTable
  usage: UsageTable
  audit: AuditTable
  jobs: JobsTable
  stream_pieces: StreamPiecesTable
}

export type Row<Table extends keyof Schema> = Selectable<Schema[Table]>
export type NewRow<Table extends keyof Schema> = Insertable<Schema[Table]>

/** A connection or an open transaction. */
export type Db = Kysely<Schema>
