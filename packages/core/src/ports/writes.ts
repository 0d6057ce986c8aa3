/**
 * Writes are data. A use case builds a unit of operations; the writer applies all of them in one transaction or none.
 * Because a unit is plain data it can cross to a writer thread, share one disk sync with other units (group commit),
 * and mean the same on every engine. See docs/decisions/0002-writes-are-data.md.
 */
import type {
  AdvanceCursorOp,
  AdvanceCursorResult,
  AppendOp,
  AppendResult,
  ReviseOp,
  ReviseResult,
  TruncateOp,
} from './log.ts'
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
  UsageRecord,
  UserRecord,
} from './records.ts'

interface Put<Name extends string, Record> {
  readonly op: Name
  readonly record: Record
}
interface VersionedPut<Name extends string, Record> extends Put<Name, Record> {
  /** Version that was read, 0 to create. Another stored version refuses the unit with `write_conflict`. */
  readonly expectVersion: number
}

export type RecordOp =
  | Put<'user.put', UserRecord>
  /** Also ends the user's sessions, memberships, preferences. */
  | { readonly op: 'user.delete'; readonly id: string }
  | Put<'session.put', SessionRecord>
  | {
      readonly op: 'session.touch'
      readonly tokenHash: string
      readonly at: number
      readonly ip: string
      /** New end of the session (sliding expiry); absent leaves it as it is. A session that no longer exists stays gone. */
      readonly expiresAt?: number
    }
  | { readonly op: 'session.delete'; readonly id: string }
  | { readonly op: 'session.delete-for'; readonly userId: string; readonly exceptId?: string }
  | { readonly op: 'session.delete-expired'; readonly now: number }
  | VersionedPut<'agent.put', AgentRecord>
  /** Also ends the agent's memberships and clears it as leader. */
  | { readonly op: 'agent.delete'; readonly id: string }
  /** A second dm with the same dmKey refuses the unit with `write_conflict`. */
  | VersionedPut<'channel.put', ChannelRecord>
  /** Also removes members, preferences, mentions; the log of the key is truncated to its head. */
  | { readonly op: 'channel.delete'; readonly id: string; readonly key: string }
  | Put<'member.put', MemberRecord>
  | { readonly op: 'member.delete'; readonly channelId: string; readonly id: string }
  | Put<'preference.put', PreferenceRecord>
  | { readonly op: 'mention.add'; readonly channelId: string; readonly userId: string; readonly messageId: string }
  | { readonly op: 'setting.put'; readonly name: string; readonly value: unknown }
  | Put<'blob.put', BlobRecord>
  | Put<'usage.add', UsageRecord>
  | Put<'audit.add', AuditRecord>

export interface EnqueueJobOp {
  readonly op: 'job.enqueue'
  readonly job: Pick<JobRecord, 'id' | 'lane' | 'kind' | 'payload' | 'createdAt'>
  /** Refuse the unit with `lane_full` when the lane already holds this many queued and running jobs. */
  readonly capacity?: number
}

/**
 * Leases up to `limit` runnable jobs to `owner`: the first queued job of each lane that has no running job,
 * and running jobs whose lease has ended (`attempts` tells). Oldest first.
 */
export interface ClaimJobsOp {
  readonly op: 'job.claim'
  readonly kind: string
  readonly owner: string
  readonly now: number
  readonly leaseUntil: number
  readonly limit: number
}
export interface RenewJobOp {
  readonly op: 'job.renew'
  readonly id: string
  readonly owner: string
  readonly leaseUntil: number
}
/** Ends a running job. Refuses the whole unit with `lease_lost` when `owner` no longer holds it: this fences off a worker that was presumed dead. */
export interface FinishJobOp {
  readonly op: 'job.finish'
  readonly id: string
  readonly owner: string
  readonly status: 'done' | 'failed' | 'cancelled'
}
/** Cancels queued jobs of a lane (all, or the one named). Running ones are untouched. */
export interface CancelJobsOp {
  readonly op: 'job.cancel'
  readonly lane: string
  readonly id?: string
}
/** Asks a running job to stop; its owner learns it by a bell, or at the next renewal. */
export interface StopJobOp {
  readonly op: 'job.stop'
  readonly id: string
}
/** Ends all leases at once: at the start of a process that owns the store alone. */
export interface ReleaseLeasesOp {
  readonly op: 'job.release-all'
}

/** Adds pieces to the durable copy of a running answer. */
export interface AppendStreamOp {
  readonly op: 'stream.append'
  readonly messageId: string
  readonly pieces: readonly StreamPiece[]
}
export interface ClearStreamOp {
  readonly op: 'stream.clear'
  readonly messageId: string
}

type AnyOp =
  | AppendOp
  | ReviseOp
  | TruncateOp
  | AdvanceCursorOp
  | RecordOp
  | EnqueueJobOp
  | ClaimJobsOp
  | RenewJobOp
  | FinishJobOp
  | CancelJobsOp
  | StopJobOp
  | ReleaseLeasesOp
  | AppendStreamOp
  | ClearStreamOp

/** `onlyIfNew` names an earlier `log.append` of the same unit: when that was a duplicate, this operation is skipped. */
export type WriteOp = AnyOp & { readonly onlyIfNew?: number }

interface ResultByOp {
  'log.append': AppendResult
  'log.revise': ReviseResult
  'log.truncate': { readonly floor: number }
  'cursor.advance': AdvanceCursorResult
  'job.claim': readonly JobRecord[]
  'job.renew': { readonly held: boolean; readonly stopRequested: boolean }
  'job.stop': { readonly running: boolean }
  'job.cancel': { readonly cancelled: readonly string[] }
  'job.release-all': { readonly released: number }
}

/** Result of one operation; null for operations without one and for skipped ones. */
export type WriteResult<Op extends { readonly op: string }> = Op['op'] extends keyof ResultByOp
  ? ResultByOp[Op['op']]
  : null

export interface Writer {
  /**
   * Applies a unit in one transaction. The promise resolves after COMMIT with data on disk (LOG-10).
   * Errors: `log_conflict`, `log_full`, `log_not_found`, `cursor_past_head`, `write_conflict`, `write_invalid`, `lane_full`, `lease_lost`,
   * `store_unavailable`, `store_failed`. After any of them but `store_unavailable` nothing of the unit is stored; after that
   * one nothing is stored unless the writer died while it was working, so a repeat should carry the same ids.
   */
  commit<const Unit extends readonly WriteOp[]>(
    unit: Unit,
  ): Promise<{ readonly [K in keyof Unit]: WriteResult<Unit[K]> }>
}
