import type { AgentRecord, ChannelRecord, MemberRecord, SessionRecord, UserRecord } from '@parley/core/ports'
import type { Database, Statement } from 'better-sqlite3'
import { SqlAgentReader } from '../sql/read/agents.ts'
import { SqlChannelReader } from '../sql/read/channels.ts'
import { SqlSessionReader, SqlUserReader } from '../sql/read/users.ts'
import { fromAgentRow } from '../sql/rows/agent.ts'
import { fromChannelRow, fromMemberRow } from '../sql/rows/channel.ts'
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
  readonly #get: Statement<[string], Row<'channels'>>
  readonly #members: Statement<[string], Row<'channel_members'>>
  readonly #member: Statement<[string, string], Row<'channel_members'>>

  constructor(db: Database, kysely: Db) {
    super(kysely)
    this.#get = db.prepare('SELECT * FROM channels WHERE id = ?')
    this.#members = db.prepare('SELECT * FROM channel_members WHERE channel_id = ?')
    this.#member = db.prepare('SELECT * FROM channel_members WHERE channel_id = ? AND member_id = ?')
  }

  override async get(id: string): Promise<ChannelRecord | undefined> {
    const row = this.#get.get(id)
    return row && fromChannelRow(row)
  }

  override async members(channelId: string): Promise<readonly MemberRecord[]> {
    // Read in the order of the key and sorted here, which spares an index that every change would have to keep.
    return this.#members.all(channelId).map(fromMemberRow).toSorted(byJoining)
  }

  override async member(channelId: string, memberId: string): Promise<MemberRecord | undefined> {
    const row = this.#member.get(channelId, memberId)
    return row && fromMemberRow(row)
  }
}

function byJoining(a: MemberRecord, b: MemberRecord): number {
  if (a.joinedAt !== b.joinedAt) return a.joinedAt - b.joinedAt
  return a.id < b.id ? -1 : 1
}
