/** The records beside the log. All times are milliseconds since the epoch. */

export type Role = 'owner' | 'admin' | 'member' | 'guest'

export interface UserRecord {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly avatar: string
  /** Hex SHA-256 of the access key; null for the owner, whose key is configuration. */
  readonly keyHash: string | null
  readonly createdAt: number
}

export interface SessionRecord {
  readonly id: string
  /** Hex SHA-256 of the token; the token itself is never stored. */
  readonly tokenHash: string
  readonly userId: string
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly expiresAt: number
  readonly ip: string
  readonly userAgent: string
}

export interface AgentRecord {
  readonly id: string
  readonly name: string
  readonly avatar: string
  readonly description: string
  readonly model: string
  readonly tools: readonly string[]
  readonly aliases: readonly string[]
  readonly localized: Readonly<Record<string, { readonly name: string; readonly description: string }>> | null
  readonly builtin: boolean
  readonly disabled: boolean
  readonly createdAt: number
  /** Counts writes; a put names the version it read. */
  readonly version: number
}

export interface ChannelRecord {
  readonly id: string
  readonly name: string
  readonly type: 'dm' | 'group'
  readonly avatar: string
  readonly leaderAgentId: string | null
  /** For a dm, the two members sorted and joined: makes a second one impossible. */
  readonly dmKey: string | null
  readonly createdBy: string
  readonly createdAt: number
  readonly version: number
}

export interface MemberRecord {
  readonly channelId: string
  readonly type: 'user' | 'agent'
  readonly id: string
  readonly role: 'owner' | 'admin' | 'member'
  readonly joinedAt: number
}

/** One person's view of one channel. */
export interface PreferenceRecord {
  readonly channelId: string
  readonly userId: string
  readonly pinned: boolean
  readonly muted: boolean
  readonly draft: string
}

export interface BlobRecord {
  readonly id: string
  /** Path below the upload root, e.g. `2026-03/image-x1y2.png`. */
  readonly path: string
  readonly name: string
  readonly mime: string
  readonly size: number
  readonly width: number | null
  readonly height: number | null
  readonly createdBy: string
  readonly createdAt: number
}

export interface UsageRecord {
  readonly id: string
  readonly messageId: string
  readonly channelId: string
  readonly agentId: string
  readonly userId: string | null
  readonly model: string
  readonly inputTokens: number
  readonly outputTokens: number
  readonly durationMs: number
  readonly at: number
}

export interface AuditRecord {
  readonly id: string
  readonly at: number
  readonly actor: string
  /** e.g. `login.failed`, `tool.denied`, `agent.updated`. */
  readonly action: string
  readonly subject: string
  /** JSON text without secrets. */
  readonly details: string
}

export type JobStatus = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

/** A durable unit of work. Jobs of one lane run one at a time, in order of `position`. */
export interface JobRecord {
  readonly id: string
  /** e.g. `channel:{id}`. */
  readonly lane: string
  /** e.g. `answer`. */
  readonly kind: string
  /** JSON text. */
  readonly payload: string
  readonly status: JobStatus
  /** Order of enqueueing, over all lanes. */
  readonly position: number
  /** Claims so far: 1 while it runs for the first time. */
  readonly attempts: number
  readonly owner: string | null
  readonly leaseUntil: number | null
  /** Somebody asked the running job to stop. */
  readonly stopRequested: boolean
  readonly createdAt: number
}

/** The durable part of a running answer, as pieces in order. */
export interface StreamPiece {
  readonly kind: 'text' | 'reasoning' | 'tool'
  /** Text to append, or the JSON of a tool step (a later piece with the same callId replaces it). */
  readonly data: string
}
