import type { AgentRecord, MemberRecord, SessionRecord, UserRecord } from '@parley/core/ports'
import type { Database, Statement } from 'better-sqlite3'
import { SqlAgentReader } from '../sql/read/agents.ts'
import { SqlChannelReader } from '../sql/read/channels.ts'
import { SqlSessionReader, SqlUserReader } from '../sql/read/users.ts'
import { fromAgentRow } from '../sql/rows/agent.ts'
import { fromMemberRow } from '../sql/rows/channel.ts'
import { fromSessionRow, fromUserRow } from '../sql/rows/user.ts'
import type { Db, Row } from '../sql/schema.ts'

/** The shared readers with the look-ups that run for every request or message prepared by hand. */
export class SqliteSessionReader extends SqlSessionReader {
  readonly #byTokenHash: Statement<[string], Row<'sessions'>>

  constructor(db: Database, kysely: Db) {
    super(kysely)
    this.#byTokenHash = db.prepare('SELECT * FROM sessions WHERE token_hash = ?')
  }

  override async byTokenHash(tokenHash: string): Promise<SessionRecord | undefined> {
    const row = this.#byTokenHash.get(tokenHash)
    return row && fromSessionRow(row)
  }
}

export class SqliteUserReader extends SqlUserReader {
  readonly #get: Statement<[string], Row<'users'>>

  constructor(db: Database, kysely: Db) {
    super(kysely)
    this.#get = db.prepare('SELECT * FROM users WHERE id = ?')
  }

  override async get(id: string): Promise<UserRecord | undefined> {
    const row = this.#get.get(id)
    return row && fromUserRow(row)
  }
}

export class SqliteAgentReader extends SqlAgentReader {
  readonly #get: Statement<[string], Row<'agents'>>

  constructor(db: Database, kysely: Db) {
    super(kysely)
    this.#get = db.prepare('SELECT * FROM agents WHERE id = ?')
  }

  override async get(id: string): Promise<AgentRecord | undefined> {
    const row = this.#get.get(id)
    return row && fromAgentRow(row)
  }
}

export class SqliteChannelReader extends SqlChannelReader {
  readonly #member: Statement<[string, string], Row<'channel_members'>>

  constructor(db: Database, kysely: Db) {
    super(kysely)
    this.#member = db.prepare('SELECT * FROM channel_members WHERE channel_id = ? AND member_id = ?')
  }

  override async member(channelId: string, memberId: string): Promise<MemberRecord | undefined> {
    const row = this.#member.get(channelId, memberId)
    return row && fromMemberRow(row)
  }
}
