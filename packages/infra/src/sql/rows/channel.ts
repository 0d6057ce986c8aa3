import type { ChannelRecord, MemberRecord, PreferenceRecord } from '@parley/core/ports'
import type { NewRow, Row } from '../schema.ts'

export function toChannelRow(record: ChannelRecord, version: number): NewRow<'channels'> {
  return {
    id: record.id,
    name: record.name,
    type: record.type,
    avatar: record.avatar,
    leader_agent_id: record.leaderAgentId,
    dm_key: record.dmKey,
    created_by: record.createdBy,
    created_at: record.createdAt,
    version,
  }
}

export function fromChannelRow(row: Row<'channels'>): ChannelRecord {
  return {
    id: row.id,
    name: row.name,
    type: row.type as ChannelRecord['type'],
    avatar: row.avatar,
    leaderAgentId: row.leader_agent_id,
    dmKey: row.dm_key,
    createdBy: row.created_by,
    createdAt: row.created_at,
    version: row.version,
  }
}

export function toMemberRow(record: MemberRecord): NewRow<'channel_members'> {
  return {
    channel_id: record.channelId,
    member_id: record.id,
    member_type: record.type,
    role: record.role,
    joined_at: record.joinedAt,
  }
}

export function fromMemberRow(row: Row<'channel_members'>): MemberRecord {
  return {
    channelId: row.channel_id,
    type: row.member_type as MemberRecord['type'],
    id: row.member_id,
    role: row.role as MemberRecord['role'],
    joinedAt: row.joined_at,
  }
}

export function toPreferenceRow(record: PreferenceRecord): NewRow<'preferences'> {
  return {
    channel_id: record.channelId,
    user_id: record.userId,
    pinned: record.pinned ? 1 : 0,
    muted: record.muted ? 1 : 0,
    draft: record.draft,
  }
}

export function fromPreferenceRow(row: Row<'preferences'>): PreferenceRecord {
  return {
    channelId: row.channel_id,
    userId: row.user_id,
    pinned: row.pinned === 1,
    muted: row.muted === 1,
    draft: row.draft,
  }
}
