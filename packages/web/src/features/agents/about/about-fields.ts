/** Name, aliases, avatar and description of an agent as one form. */
import type { Agent } from '@parley/protocol/workspace'
import { agentDescription, agentName } from '../../chats/channel-face.ts'
import type { AgentChange } from '../use-agent.ts'

export interface AboutFields {
  readonly name: string
  readonly aliases: readonly string[]
  readonly avatar: string
  readonly description: string
}

export const NAME_LIMIT = 48
export const DESCRIPTION_LIMIT = 500
export const ALIAS_LIMIT = 10

/** The fields as they are shown: built-in agents have a name per language. */
export function aboutOf(agent: Agent, language: string): AboutFields {
  return {
    name: agentName(agent, language),
    aliases: agent.aliases,
    avatar: agent.avatar,
    description: agentDescription(agent, language),
  }
}

/** The fields that differ; a field that was only looked at is not sent. */
export function changedFields(before: AboutFields, after: AboutFields): AgentChange {
  const name = after.name.trim()
  const description = after.description.trim()
  // A built-in agent that gets an own name loses its texts per language: what is shown now has to stay.
  const renamed = name !== before.name
  return {
    ...(renamed ? { name } : {}),
    ...(renamed || description !== before.description ? { description } : {}),
    ...(after.avatar === before.avatar ? {} : { avatar: after.avatar }),
    ...(after.aliases.join('\n') === before.aliases.join('\n') ? {} : { aliases: [...after.aliases] }),
  }
}

type NameProblem = 'empty' | 'signs' | null

/** Why a name cannot be used, as far as it can be told here. */
export function nameProblem(name: string): NameProblem {
  if (name.trim() === '') return 'empty'
  return /[@\r\n]/.test(name) ? 'signs' : null
}

/** Aliases with one more, or null when it cannot be one: empty, with @, double, or too many. */
export function withAlias(aliases: readonly string[], name: string, text: string): readonly string[] | null {
  const alias = text.trim()
  const same = (other: string): boolean => other.toLowerCase() === alias.toLowerCase()
  if (nameProblem(alias) !== null || alias.length > NAME_LIMIT || aliases.length >= ALIAS_LIMIT) return null
  return same(name.trim()) || aliases.some(same) ? null : [...aliases, alias]
}
