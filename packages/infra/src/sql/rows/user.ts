import type { SessionRecord, UserRecord } from '@parley/core/ports'
import type { NewRow, Row } from '../schema.ts'

export function toUserRow(record: UserRecord): NewRow<'users'> {
  return {
    id: record.id,
    name: record.name,
    role: record.role,
    avatar: record.avatar,
    key_hash: record.keyHash,
    created_at: record.createdAt,
  }
}

export function fromUserRow(row: Row<'users'>): UserRecord {
  return {
    id: row.id,
    name: row.name,
    role: row.role as UserRecord['role'],
    avatar: row.avatar,
    keyHash: row.key_hash,
    createdAt: row.created_at,
  }
}

export function toSessionRow(record: SessionRecord): NewRow<'sessions'> {
  return {
    id: record.id,
    token_hash: record.tokenHash,
    user_id: record.userId,
    created_at: record.createdAt,
    last_seen_at: record.lastSeenAt,
    expires_at: record.expiresAt,
    ip: record.ip,
    user_agent: record.userAgent,
  }
}

export function fromSessionRow(row: Row<'sessions'>): SessionRecord {
  return {
    id: row.id,
    tokenHash: row.token_hash,
    userId: row.user_id,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    ip: row.ip,
    userAgent: row.user_agent,
  }
}
