import type { Bus, KeyState, LogEntry, LogReader } from '../ports/index.ts'
import { Doorbell } from './doorbell.ts'

export interface WaitPorts {
  readonly log: Pick<LogReader, 'state' | 'read'>
  readonly bus: Bus
}

/** Milliseconds after which the log is read even though no bell rang. */
export const DEFAULT_POLL_MS = 5_000

/**
 * Resolves with the state of `key` as soon as it has entries after `after`, or when its floor has passed `after` (LOG-8:
 * the caller must be told). Subscribes, then reads, then waits (LOG-6). Rejects with the reason of `signal`.
 */
export async function waitForLog(
  { log, bus }: WaitPorts,
  key: string,
  after: number,
  signal?: AbortSignal,
  pollMs: number = DEFAULT_POLL_MS,
): Promise<KeyState> {
  using doorbell = new Doorbell(bus, key)
  for (;;) {
    const state = await log.state(key)
    if (state.head > after || state.floor > after) return state
    await doorbell.heard(pollMs, signal)
  }
}

export interface FollowOptions {
  readonly signal?: AbortSignal
  /** Entries per page at most. */
  readonly limit?: number
  readonly pollMs?: number
}

/**
 * Pages of entries after `after`, for ever: what is stored already, then what comes. Never yields an empty page. Throws
 * `log_below_floor` when retention has overtaken the reader, and the signal's reason when that aborts.
 */
export async function* followLog(
  { log, bus }: WaitPorts,
  key: string,
  after: number,
  options: FollowOptions = {},
): AsyncGenerator<readonly LogEntry[], never> {
  const { signal, limit = 256, pollMs = DEFAULT_POLL_MS } = options
  using doorbell = new Doorbell(bus, key)
  let position = after
  for (;;) {
    signal?.throwIfAborted()
    const entries = await log.read(key, position, limit)
    const last = entries.at(-1)
    if (last) {
      position = last.seq
      yield entries
    }
    if (entries.length < limit) await doorbell.heard(pollMs, signal)
  }
}
