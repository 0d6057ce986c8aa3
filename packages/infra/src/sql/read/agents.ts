import type { AgentReader, AgentRecord } from '@parley/core/ports'
import { fromAgentRow } from '../rows/agent.ts'
import type { Db } from '../schema.ts'

export class SqlAgentReader implements AgentReader {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  async get(id: string): Promise<AgentRecord | undefined> {
    const row = await this.#db.selectFrom('agents').selectAll().where('id', '=', id).executeTakeFirst()
    return row && fromAgentRow(row)
  }

  async list(): Promise<readonly AgentRecord[]> {
    const rows = await this.#db.selectFrom('agents').selectAll().orderBy('created_at').orderBy('id').execute()
    return rows.map(fromAgentRow)
  }
}
