import type { Database } from 'better-sqlite3'

/** Pages waiting in the write-ahead file before they are copied: 16 MiB. */
const THRESHOLD = 4_096
/** Pages after which the writer stops to copy them itself, so that the file stays bounded: 256 MiB. */
const LIMIT = 65_536
/** What the copying thread may leave for the writer to finish itself. */
const REMAINDER = 256
const PASSES = 4

interface WalState {
  /** Pages in the write-ahead file. */
  readonly log: number
  /** Pages of them that are also in the database file. */
  readonly checkpointed: number
}

/** Copies on a connection beside the writer's until little is left. Runs on a thread of its own. */
export function copyAside(db: Database): void {
  for (let pass = 0; pass < PASSES; pass++) {
    const state = checkpoint(db, 'PASSIVE')
    if (state.log - state.checkpointed <= REMAINDER) return
  }
}

/** True when enough pages wait to make a checkpoint worth while. */
export function isDue(db: Database): boolean {
  const state = checkpoint(db, 'NOOP')
  return state.log - state.checkpointed >= THRESHOLD
}

/**
 * Finishes a checkpoint between two batches: only when the whole file is copied can the next batch start it anew.
 * Cheap, because the copying thread has left little to do; only when that cannot keep up with the writes, they wait.
 */
export function finishCheckpoint(db: Database): void {
  const state = checkpoint(db, 'NOOP')
  if (state.log - state.checkpointed <= THRESHOLD || state.log > LIMIT) checkpoint(db, 'PASSIVE')
}

/** Copies everything and empties the file: at the end, when nobody writes any more. */
export function closeWal(db: Database): void {
  checkpoint(db, 'TRUNCATE')
}

function checkpoint(db: Database, mode: 'NOOP' | 'PASSIVE' | 'TRUNCATE'): WalState {
  const [row] = db.pragma(`wal_checkpoint(${mode})`) as [{ log: number; checkpointed: number }]
  return { log: Math.max(0, row.log), checkpointed: Math.max(0, row.checkpointed) }
}
