import {
  type CancelJobsOp,
  type ClaimJobsOp,
  type EnqueueJobOp,
  type FinishJobOp,
  type JobRecord,
  type RenewJobOp,
  type StopJobOp,
  storeErrors,
} from '@parley/core/ports'
import type { Database, Statement } from 'better-sqlite3'
import { fromJobRow } from '../sql/rows/job.ts'
import type { Row } from '../sql/schema.ts'
import type { UnitScope } from './unit-scope.ts'

// Spelt like the partial indexes over open jobs, so that the planner uses them.
const OPEN = `status IN ('queued', 'running')`

/** The job operations. Each change names the state it expects, so a worker that was presumed dead changes nothing. */
export class JobWriter {
  readonly #scope: UnitScope
  readonly #insert: Statement<[string, string, string, string, number]>
  readonly #open: Statement<[string], number>
  readonly #runnable: Statement<[string, number, number], Row<'jobs'>>
  readonly #claim: Statement<[string, number, number], Row<'jobs'>>
  readonly #renew: Statement<[number, string, string], number>
  readonly #finish: Statement<[string, string, string]>
  readonly #cancelOne: Statement<[string, string], string>
  readonly #cancelLane: Statement<[string], string>
  readonly #stop: Statement<[string]>
  readonly #release: Statement<[]>

  constructor(db: Database, scope: UnitScope) {
    this.#scope = scope
    this.#insert = db.prepare(
      `INSERT INTO jobs (id, lane, kind, payload, status, attempts, owner, lease_until, stop_requested, created_at)
       VALUES (?, ?, ?, ?, 'queued', 0, NULL, NULL, 0, ?)`,
    )
    // A job runs before all that came after it in its lane, so an open job before this one is waiting or running.
    this.#open = db.prepare<[string], number>(`SELECT count(*) FROM jobs WHERE lane = ? AND ${OPEN}`).pluck()
    this.#runnable = db.prepare(
      `SELECT * FROM jobs AS j
       WHERE j.kind = ? AND j.${OPEN} AND (
         (j.status = 'running' AND (j.lease_until IS NULL OR j.lease_until <= ?))
         OR (j.status = 'queued' AND NOT EXISTS (
           SELECT 1 FROM jobs AS o
           WHERE o.lane = j.lane AND o.${OPEN} AND o.position < j.position
         ))
       )
       ORDER BY j.position LIMIT ?`,
    )
    this.#claim = db.prepare(
      `UPDATE jobs SET status = 'running', owner = ?, lease_until = ?, attempts = attempts + 1
       WHERE position = ? RETURNING *`,
    )
    this.#renew = db
      .prepare<[number, string, string], number>(
        `UPDATE jobs SET lease_until = ? WHERE id = ? AND owner = ? AND status = 'running' RETURNING stop_requested`,
      )
      .pluck()
    this.#finish = db.prepare(
      `UPDATE jobs SET status = ?, owner = NULL, lease_until = NULL
       WHERE id = ? AND owner = ? AND status = 'running'`,
    )
    const cancel = `UPDATE jobs SET status = 'cancelled' WHERE lane = ? AND ${OPEN} AND status = 'queued'`
    this.#cancelOne = db.prepare<[string, string], string>(`${cancel} AND id = ? RETURNING id`).pluck()
    this.#cancelLane = db.prepare<[string], string>(`${cancel} RETURNING id`).pluck()
    this.#stop = db.prepare(`UPDATE jobs SET stop_requested = 1 WHERE id = ? AND status = 'running'`)
    this.#release = db.prepare(`UPDATE jobs SET owner = NULL, lease_until = NULL WHERE ${OPEN} AND status = 'running'`)
  }

  enqueue({ job, capacity }: EnqueueJobOp): null {
    if (capacity !== undefined && (this.#open.get(job.lane) ?? 0) >= capacity) {
      throw storeErrors.lane_full({ details: { lane: job.lane } })
    }
    this.#scope.markWrite()
    this.#insert.run(job.id, job.lane, job.kind, job.payload, job.createdAt)
    return null
  }

  claim(op: ClaimJobsOp): readonly JobRecord[] {
    const runnable = this.#runnable.all(op.kind, op.now, Math.max(0, op.limit))
    if (runnable.length > 0) this.#scope.markWrite()
    return runnable.map(({ position }) => {
      const claimed = this.#claim.get(op.owner, op.leaseUntil, position)
      return fromJobRow(claimed as Row<'jobs'>)
    })
  }

  renew(op: RenewJobOp): { readonly held: boolean; readonly stopRequested: boolean } {
    this.#scope.markWrite()
    const stop = this.#renew.get(op.leaseUntil, op.id, op.owner)
    return { held: stop !== undefined, stopRequested: stop === 1 }
  }

  finish(op: FinishJobOp): null {
    const { changes } = this.#finish.run(op.status, op.id, op.owner)
    if (changes === 0) throw storeErrors.lease_lost({ details: { id: op.id } })
    this.#scope.markWrite()
    return null
  }

  cancel(op: CancelJobsOp): { readonly cancelled: readonly string[] } {
    this.#scope.markWrite()
    const cancelled = op.id === undefined ? this.#cancelLane.all(op.lane) : this.#cancelOne.all(op.lane, op.id)
    return { cancelled }
  }

  stop({ id }: StopJobOp): { readonly running: boolean } {
    this.#scope.markWrite()
    return { running: this.#stop.run(id).changes > 0 }
  }

  /** The jobs stay `running` without an owner, so the next claim takes them up and their `attempts` tell. */
  releaseAll(): { readonly released: number } {
    this.#scope.markWrite()
    return { released: this.#release.run().changes }
  }
}
