import type { AuditReader, AuditRecord, BlobReader, BlobRecord } from '@parley/core/ports'
import { fromAuditRow, fromBlobRow } from '../rows/ledger.ts'
import type { Db } from '../schema.ts'

export class SqlBlobReader implements BlobReader {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  async byPath(path: string): Promise<BlobRecord | undefined> {
    const row = await this.#db.selectFrom('blobs').selectAll().where('path', '=', path).executeTakeFirst()
    return row && fromBlobRow(row)
  }
}

export class SqlAuditReader implements AuditReader {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  async list(limit: number, before?: string): Promise<readonly AuditRecord[]> {
    let query = this.#db.selectFrom('audit').selectAll().orderBy('pos', 'desc').limit(Math.max(0, limit))
    if (before !== undefined) {
      query = query.where('pos', '<', (eb) => eb.selectFrom('audit as b').select('b.pos').where('b.id', '=', before))
    }
    return (await query.execute()).map(fromAuditRow)
  }
}
