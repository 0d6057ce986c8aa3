import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useAgents, useMe, usePeople } from '../../app/queries.ts'
import { compareNames } from '../../i18n/format.ts'
import { agentDescription, agentName } from './channel-face.ts'
import { matchesName } from './match-name.ts'

/** Somebody who can be written to or added to a group. */
export interface Candidate {
  readonly kind: 'agent' | 'user'
  readonly id: string
  readonly name: string
  readonly avatar: string
  /** What an agent does. */
  readonly description: string
  readonly disabled: boolean
  readonly status: 'online' | 'offline' | 'busy' | 'disabled'
}

/** Agents, then people (without oneself), by name; filtered by a search over name, aliases and description. */
export function useCandidates(
  search: string,
  excluded?: ReadonlySet<string>,
): { agents: Candidate[]; people: Candidate[]; loading: boolean } {
  const { i18n } = useTranslation()
  const agents = useAgents()
  const people = usePeople()
  const me = useMe()
  return useMemo(() => {
    const fits = (texts: readonly string[]): boolean => search.trim() === '' || matchesName(texts.join(' '), search)
    const byName = (a: Candidate, b: Candidate): number => compareNames(a.name, b.name)
    return {
      loading: agents.isPending || people.isPending,
      agents: (agents.data ?? [])
        .filter(
          (agent) =>
            !excluded?.has(agent.id) &&
            fits([
              agent.name,
              agentName(agent, i18n.language),
              ...agent.aliases,
              agentDescription(agent, i18n.language),
            ]),
        )
        .map((agent) => ({
          kind: 'agent' as const,
          id: agent.id,
          name: agentName(agent, i18n.language),
          avatar: agent.avatar,
          description: agentDescription(agent, i18n.language),
          disabled: agent.status === 'disabled',
          status: agent.status,
        }))
        .toSorted(byName),
      people: (people.data ?? [])
        .filter((person) => person.id !== me.id && !excluded?.has(person.id) && fits([person.name]))
        .map((person) => ({
          kind: 'user' as const,
          id: person.id,
          name: person.name,
          avatar: person.avatar,
          description: '',
          disabled: false,
          status: person.status,
        }))
        .toSorted(byName),
    }
  }, [agents.data, agents.isPending, people.data, people.isPending, me.id, search, excluded, i18n.language])
}
