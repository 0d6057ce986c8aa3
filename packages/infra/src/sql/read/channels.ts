import type { ChannelReader, ChannelRecord, MemberRecord, PreferenceRecord } from '@parley/core/ports'
import { fromChannelRow, fromMemberRow, fromPreferenceRow } from '../rows/channel.ts'
import type { Db } from '../schema.ts'

export class SqlChannelReader implements ChannelReader {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  async get(id: string): Promise<ChannelRecord | undefined> {
    const row = await this.#db.selectFrom('channels').selectAll().where('id', '=', id).executeTakeFirst()
    return row && fromChannelRow(row)
  }

  async byDmKey(dmKey: string): Promise<ChannelRecord | undefined> {
    const row = await this.#db.selectFrom('channels').selectAll().where('dm_key', '=', dmKey).executeTakeFirst()
    return row && fromChannelRow(row)
  }

  async listFor(memberId: string): Promise<readonly ChannelRecord[]> {
    const rows = await this.#db
      .selectFrom('channel_members as m')
      .innerJoin('channels as c', 'c.id', 'm.channel_id')
      .selectAll('c')
      .where('m.member_id', '=', memberId)
      .orderBy('c.created_at')
      .orderBy('c.id')
      .execute()
    return rows.map(fromChannelRow)
  }

  async members(channelId: string): Promise<readonly MemberRecord[]> {
    const query = this.#db.selectFrom('channel_members').selectAll().where('channel_id', '=', channelId)
    const rows = await query.orderBy('joined_at').orderBy('member_id').execute()
    return rows.map(fromMemberRow)
  }

  async member(channelId: string, memberId: string): Promise<MemberRecord | undefined> {
    const query = this.#db.selectFrom('channel_members').selectAll().where('channel_id', '=', channelId)
    const row = await query.where('member_id', '=', memberId).executeTakeFirst()
    return row && fromMemberRow(row)
  }

  async preference(channelId: string, userId: string): Promise<PreferenceRecord | undefined> {
    const query = this.#db.selectFrom('preferences').selectAll().where('channel_id', '=', channelId)
    const row = await query.where('user_id', '=', userId).executeTakeFirst()
    return row && fromPreferenceRow(row)
  }

  async preferencesFor(userId: string): Promise<readonly PreferenceRecord[]> {
    const query = this.#db.selectFrom('preferences').selectAll().where('user_id', '=', userId)
    const rows = await query.orderBy('channel_id').execute()
    return rows.map(fromPreferenceRow)
  }

  async countMentions(channelId: string, userId: string, after: number, cap: number): Promise<number> {
    const rows = await this.#db
      .selectFrom('mentions')
      .select('seq')
      .where('channel_id', '=', channelId)
      .where('user_id', '=', userId)
      .where('seq', '>', after)
      .limit(Math.max(0, cap))
      .execute()
    return rows.length
  }
}
