import type { AgentRecord } from '@parley/core/ports'
import type { NewRow, Row } from '../schema.ts'

export function toAgentRow(record: AgentRecord, version: number): NewRow<'agents'> {
  return {
    id: record.id,
    name: record.name,
    avatar: record.avatar,
    description: record.description,
    model: record.model,
    tools: JSON.stringify(record.tools),
    aliases: JSON.stringify(record.aliases),
    localized: record.localized === null ? null : JSON.stringify(record.localized),
    builtin: record.builtin ? 1 : 0,
    disabled: record.disabled ? 1 : 0,
    created_at: record.createdAt,
    version,
  }
}

export function fromAgentRow(row: Row<'agents'>): AgentRecord {
  return {
    id: row.id,
    name: row.name,
    avatar: row.avatar,
    description: row.description,
    model: row.model,
    tools: JSON.parse(row.tools) as string[],
    aliases: JSON.parse(row.aliases) as string[],
    localized: row.localized === null ? null : (JSON.parse(row.localized) as AgentRecord['localized']),
    builtin: row.builtin === 1,
    disabled: row.disabled === 1,
    createdAt: row.created_at,
    version: row.version,
  }
}
