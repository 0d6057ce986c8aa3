import type { AuditRecord, BlobRecord, UsageRecord } from '@parley/core/ports'
import type { NewRow, Row } from '../schema.ts'

export function toBlobRow(record: BlobRecord): NewRow<'blobs'> {
  return {
    id: record.id,
    path: record.path,
    name: record.name,
    mime: record.mime,
    size: record.size,
    width: record.width,
    height: record.height,
    created_by: record.createdBy,
    created_at: record.createdAt,
  }
}

export function fromBlobRow(row: Row<'blobs'>): BlobRecord {
  return {
    id: row.id,
    path: row.path,
    name: row.name,
    mime: row.mime,
    size: row.size,
    width: row.width,
    height: row.height,
    createdBy: row.created_by,
    createdAt: row.created_at,
  }
}

export function toUsageRow(record: UsageRecord): NewRow<'usage'> {
  return {
    id: record.id,
    message_id: record.messageId,
    channel_id: record.channelId,
    agent_id: record.agentId,
    user_id: record.userId,
    model: record.model,
    input_tokens: record.inputTokens,
    output_tokens: record.outputTokens,
    duration_ms: record.durationMs,
    at: record.at,
  }
}

export function fromAuditRow(row: Row<'audit'>): AuditRecord {
  return {
    id: row.id,
    at: row.at,
    actor: row.actor,
    action: row.action,
    subject: row.subject,
    details: row.details,
  }
}
