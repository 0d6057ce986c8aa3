import type { SessionReader, SessionRecord, UserReader, UserRecord } from '@parley/core/ports'
import { fromSessionRow, fromUserRow } from '../rows/user.ts'
import type { Db } from '../schema.ts'

export class SqlUserReader implements UserReader {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  async get(id: string): Promise<UserRecord | undefined> {
    const row = await this.#db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst()
    return row && fromUserRow(row)
  }

  async byKeyHash(keyHash: string): Promise<UserRecord | undefined> {
    const row = await this.#db.selectFrom('users').selectAll().where('key_hash', '=', keyHash).executeTakeFirst()
    return row && fromUserRow(row)
  }

  async list(): Promise<readonly UserRecord[]> {
    const rows = await this.#db.selectFrom('users').selectAll().orderBy('created_at').orderBy('id').execute()
    return rows.map(fromUserRow)
  }
}

export class SqlSessionReader implements SessionReader {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  async byTokenHash(tokenHash: string): Promise<SessionRecord | undefined> {
    const query = this.#db.selectFrom('sessions').selectAll().where('token_hash', '=', tokenHash)
    const row = await query.executeTakeFirst()
    return row && fromSessionRow(row)
  }

  async listFor(userId: string): Promise<readonly SessionRecord[]> {
    const query = this.#db.selectFrom('sessions').selectAll().where('user_id', '=', userId)
    const rows = await query.orderBy('created_at').orderBy('id').execute()
    return rows.map(fromSessionRow)
  }
}
