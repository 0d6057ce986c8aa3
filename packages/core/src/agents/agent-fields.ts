import { coreErrors } from '../errors.ts'
import { checkedName } from '../identity/name.ts'
import type { AgentRecord } from '../ports/index.ts'

export interface AgentFields {
  readonly name?: string | undefined
  readonly avatar?: string | undefined
  readonly description?: string | undefined
  /** `provider/model`; empty means the default model. */
  readonly model?: string | undefined
  readonly tools?: readonly string[] | undefined
  readonly aliases?: readonly string[] | undefined
  readonly soul?: string | undefined
  readonly disabled?: boolean | undefined
}

export const MAX_SOUL = 64_000
const LIMITS = { avatar: 300, description: 500, model: 200 } as const
const MAX_TOOLS = 100
const MAX_ALIASES = 10

/** The record with the given fields checked and put in. Errors: `invalid_agent`, `invalid_name`. */
export function withFields(record: AgentRecord, fields: AgentFields): AgentRecord {
  for (const [field, limit] of Object.entries(LIMITS) as [keyof typeof LIMITS, number][]) {
    if ((fields[field]?.length ?? 0) > limit) throw invalidAgent(`The ${field} has at most ${limit} characters.`)
  }
  if ((fields.tools?.length ?? 0) > MAX_TOOLS) throw invalidAgent(`An agent has at most ${MAX_TOOLS} tools.`)
  if ((fields.aliases?.length ?? 0) > MAX_ALIASES) throw invalidAgent(`An agent has at most ${MAX_ALIASES} aliases.`)
  return {
    ...record,
    name: fields.name === undefined ? record.name : checkedName(fields.name),
    avatar: fields.avatar ?? record.avatar,
    description: fields.description ?? record.description,
    model: fields.model?.trim() ?? record.model,
    tools: fields.tools ? [...new Set(fields.tools)] : record.tools,
    aliases: fields.aliases ? [...new Set(fields.aliases.map(checkedName))] : record.aliases,
    disabled: fields.disabled ?? record.disabled,
    // A person who renames a built-in agent means that name in every language.
    localized: fields.name !== undefined && fields.name !== record.name ? null : record.localized,
  }
}

/** Errors: `invalid_agent`. */
export function checkedSoul(text: string): string {
  if (text.length > MAX_SOUL) throw invalidAgent(`SOUL.md has at most ${MAX_SOUL} characters.`)
  return text
}

/** The id names a folder, so it is plain. Errors: `invalid_agent`. */
export function checkedAgentId(id: string): string {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(id)) throw invalidAgent('An agent id has 1 to 64 letters, digits, - and _.')
  return id
}

export function invalidAgent(reason: string): Error {
  return coreErrors.invalid_agent({ details: { reason } })
}
