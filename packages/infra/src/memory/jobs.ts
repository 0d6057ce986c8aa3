import {
  type AppendStreamOp,
  type CancelJobsOp,
  type ClaimJobsOp,
  type ClearStreamOp,
  type EnqueueJobOp,
  type FinishJobOp,
  type JobReader,
  type JobRecord,
  type RenewJobOp,
  type StopJobOp,
  type StreamPiece,
  type StreamReader,
  storeErrors,
} from '@parley/core/ports'
import { Table, type UndoLog } from './tables.ts'

export class MemoryJobs implements JobReader {
  readonly #jobs: Table<JobRecord>
  /** Only grows, so positions are unique even over rolled back units. */
  #position = 0

  constructor(undo: UndoLog) {
    this.#jobs = new Table(undo)
  }

  async get(id: string): Promise<JobRecord | undefined> {
    return this.#jobs.get(id)
  }

  async pending(lane: string): Promise<readonly JobRecord[]> {
    const open = this.#open().filter((job) => job.lane === lane)
    return [...open.filter((job) => job.status === 'running'), ...open.filter((job) => job.status === 'queued')]
  }

  enqueue({ job, capacity }: EnqueueJobOp): null {
    if (capacity !== undefined && this.#open().filter((open) => open.lane === job.lane).length >= capacity) {
      throw storeErrors.lane_full({ details: { lane: job.lane } })
    }
    this.#jobs.insert(job.id, {
      id: job.id,
      lane: job.lane,
      kind: job.kind,
      payload: job.payload,
      createdAt: job.createdAt,
      status: 'queued',
      position: ++this.#position,
      attempts: 0,
      owner: null,
      leaseUntil: null,
      stopRequested: false,
    })
    return null
  }

  claim(op: ClaimJobsOp): readonly JobRecord[] {
    const open = this.#open()
    const runnable = open.filter((job) => {
      if (job.kind !== op.kind) return false
      if (job.status === 'running') return job.leaseUntil === null || job.leaseUntil <= op.now
      return !open.some((other) => other.lane === job.lane && other.position < job.position)
    })
    return runnable.slice(0, Math.max(0, op.limit)).map((job) => {
      const { owner, leaseUntil } = op
      const claimed: JobRecord = { ...job, status: 'running', owner, leaseUntil, attempts: job.attempts + 1 }
      this.#jobs.set(job.id, claimed)
      return claimed
    })
  }

  renew(op: RenewJobOp): { readonly held: boolean; readonly stopRequested: boolean } {
    const job = this.#held(op.id, op.owner)
    if (!job) return { held: false, stopRequested: false }
    this.#jobs.set(op.id, { ...job, leaseUntil: op.leaseUntil })
    return { held: true, stopRequested: job.stopRequested }
  }

  finish(op: FinishJobOp): null {
    const job = this.#held(op.id, op.owner)
    if (!job) throw storeErrors.lease_lost({ details: { id: op.id } })
    this.#jobs.set(op.id, { ...job, status: op.status, owner: null, leaseUntil: null })
    return null
  }

  cancel(op: CancelJobsOp): { readonly cancelled: readonly string[] } {
    const queued = this.#open().filter((job) => job.lane === op.lane && job.status === 'queued')
    const cancelled = queued.filter((job) => op.id === undefined || job.id === op.id)
    for (const job of cancelled) this.#jobs.set(job.id, { ...job, status: 'cancelled' })
    return { cancelled: cancelled.map((job) => job.id) }
  }

  stop({ id }: StopJobOp): { readonly running: boolean } {
    const job = this.#jobs.get(id)
    if (job?.status !== 'running') return { running: false }
    this.#jobs.set(id, { ...job, stopRequested: true })
    return { running: true }
  }

  releaseAll(): { readonly released: number } {
    const running = this.#open().filter((job) => job.status === 'running')
    for (const job of running) this.#jobs.set(job.id, { ...job, owner: null, leaseUntil: null })
    return { released: running.length }
  }

  #held(id: string, owner: string): JobRecord | undefined {
    const job = this.#jobs.get(id)
    return job?.status === 'running' && job.owner === owner ? job : undefined
  }

  #open(): readonly JobRecord[] {
    const open = this.#jobs.values().filter((job) => job.status === 'queued' || job.status === 'running')
    return open.toSorted((a, b) => a.position - b.position)
  }
}

export class MemoryStreams implements StreamReader {
  readonly #pieces: Table<readonly StreamPiece[]>

  constructor(undo: UndoLog) {
    this.#pieces = new Table(undo)
  }

  async pieces(messageId: string): Promise<readonly StreamPiece[]> {
    return this.#pieces.get(messageId) ?? []
  }

  append(op: AppendStreamOp): null {
    this.#pieces.set(op.messageId, [...(this.#pieces.get(op.messageId) ?? []), ...op.pieces])
    return null
  }

  clear(op: ClearStreamOp): null {
    this.#pieces.delete(op.messageId)
    return null
  }
}
