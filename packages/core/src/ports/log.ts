/**
 * The log: everything that must survive a disconnect is an entry with a gap-free position per key.
 * Rules LOG-1…10 of docs/design are quoted by id in `contract/log.ts`, the suite each implementation passes.
 */

/** `message`: something to read. `change`: an earlier entry of the same key was revised; its body names it. */
export type EntryKind = 'message' | 'change'

export interface LogEntry {
  /** `channel:{id}`, later `inbox:{aid}:{device}`, `group:{id}`, `room:{id}`, `dm:{a}:{b}`. */
  readonly key: string
  /** Position in the key: 1, 2, 3 … without gaps (LOG-1). */
  readonly seq: number
  /** Unique over the whole log; the same for all targets of one append. */
  readonly id: string
  readonly kind: EntryKind
  /** Principal that wrote it. */
  readonly producer: string
  /** The producer's own id of the entry (LOG-2), or null. */
  readonly clientId: string | null
  /** Milliseconds since the epoch. */
  readonly at: number
  /** JSON text. Stored once however many targets the append had (LOG-9). */
  readonly body: string
  /** What only this target gets, e.g. the key wrap of one device; null if nothing. */
  readonly extra: string | null
  /** 0 for the first body, then counts revisions. */
  readonly revision: number
}

export interface PageQuery {
  readonly key: string
  /** Exclusive upper position; absent means from the head. */
  readonly before?: number
  /** Exclusive lower position. With `after` alone the page starts at the oldest side. */
  readonly after?: number
  readonly limit: number
  readonly kind?: EntryKind
}

export interface KeyState {
  /** Newest position, 0 when nothing was ever appended. */
  readonly head: number
  /** Entries at or below it were removed by retention; 0 when none were. */
  readonly floor: number
}

/** How far back a count looks. */
export const COUNTED_ENTRIES = 5_000

/** Reads see committed entries only, in position order (LOG-3). */
export interface LogReader {
  state(key: string): Promise<KeyState>
  /**
   * Entries with seq > after, ascending, at most `limit`.
   * Throws `log_below_floor` (details: floor) when `after` < floor: the reader is told, never given silence (LOG-8).
   */
  read(key: string, after: number, limit: number): Promise<readonly LogEntry[]>
  /** One page, always ascending; entries below the floor are simply not there. */
  page(query: PageQuery): Promise<readonly LogEntry[]>
  /** The entry with this id in this key, or in its first target when `key` is absent. */
  find(id: string, key?: string): Promise<LogEntry | undefined>
  /**
   * Entries of kind `message` after a position, not counting those of `exceptProducer`; counts up to `cap`, among the newest
   * {@link COUNTED_ENTRIES} only, so that a marker left far behind stays cheap.
   */
  count(key: string, after: number, exceptProducer: string, cap: number): Promise<number>
  /** How far `reader` has acknowledged `key`; 0 when never. */
  cursor(key: string, reader: string): Promise<number>
}

export interface AppendOp {
  readonly op: 'log.append'
  readonly id: string
  readonly targets: readonly { readonly key: string; readonly extra?: string }[]
  readonly kind?: EntryKind
  readonly producer: string
  /** Repeats of `(first target, producer, clientId)` store nothing and return the first result (LOG-2). */
  readonly clientId?: string
  readonly at: number
  readonly body: string
  /** Refuse with `log_full` when a target already holds this many entries above its floor. */
  readonly capacity?: number
}
export interface AppendResult {
  /** Id of the stored entry: the earlier one when `duplicate`. */
  readonly id: string
  readonly duplicate: boolean
  /** Position per target, in the order of `targets`; 0 where the earlier entry of a duplicate is not (or no longer) kept. */
  readonly seqs: readonly number[]
}

/** Replaces the body of an entry and appends a `change` entry to each of its keys, in one transaction. */
export interface ReviseOp {
  readonly op: 'log.revise'
  readonly id: string
  /** Refuse with `log_conflict` unless the entry has this revision. */
  readonly expectRevision?: number
  readonly body: string
  readonly changeId: string
  readonly producer: string
  readonly at: number
}
export interface ReviseResult {
  readonly revision: number
  /** Key and position of each change entry. */
  readonly changes: readonly { readonly key: string; readonly seq: number }[]
}

/** Removes entries with seq <= upTo and raises the floor (retention). Never lowers it, never passes the head. */
export interface TruncateOp {
  readonly op: 'log.truncate'
  readonly key: string
  readonly upTo: number
}

/** Moves a cursor forward; going back changes nothing, past the head is refused with `cursor_past_head` (LOG-7). */
export interface AdvanceCursorOp {
  readonly op: 'cursor.advance'
  readonly key: string
  readonly reader: string
  readonly seq: number
}
export interface AdvanceCursorResult {
  readonly seq: number
}

/** Body of a `change` entry, written by the log itself. */
export interface ChangeBody {
  /** Id and position of the revised entry. */
  readonly id: string
  readonly seq: number
  readonly revision: number
}
