import type { SettingsReader } from '@parley/core/ports'
import type { Db } from '../schema.ts'

export class SqlSettingsReader implements SettingsReader {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  async get(name: string): Promise<unknown> {
    const row = await this.#db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst()
    return row && JSON.parse(row.value)
  }
}
