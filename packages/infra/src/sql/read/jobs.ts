import type { JobReader, JobRecord, StreamPiece, StreamReader } from '@parley/core/ports'
import { sql } from 'kysely'
import { fromJobRow } from '../rows/job.ts'
import type { Db } from '../schema.ts'

export class SqlJobReader implements JobReader {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  async get(id: string): Promise<JobRecord | undefined> {
    const row = await this.#db.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst()
    return row && fromJobRow(row)
  }

  async pending(lane: string): Promise<readonly JobRecord[]> {
    const query = this.#db.selectFrom('jobs').selectAll().where('lane', '=', lane)
    // Literals, spelt like the partial index over open jobs: with parameters the planner could not use it.
    const open = sql<boolean>`status IN ('queued', 'running')`
    const rows = await query.where(open).orderBy('position').execute()
    const jobs = rows.map(fromJobRow)
    return [...jobs.filter((job) => job.status === 'running'), ...jobs.filter((job) => job.status === 'queued')]
  }
}

export class SqlStreamReader implements StreamReader {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  async pieces(messageId: string): Promise<readonly StreamPiece[]> {
    const query = this.#db.selectFrom('stream_pieces').select(['kind', 'data']).where('message_id', '=', messageId)
    const rows = await query.orderBy('pos').execute()
    return rows.map((row) => ({ kind: row.kind as StreamPiece['kind'], data: row.data }))
  }
}
