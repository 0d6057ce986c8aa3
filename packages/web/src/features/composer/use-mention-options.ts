import type { Channel } from '@parley/protocol/workspace'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useAgentMap, useMe, usePeopleMap } from '../../app/queries.ts'
import { type Face, useFaces } from '../chats/channel-face.ts'
import { matchesName } from '../chats/match-name.ts'

export interface MentionOption {
  readonly id: string
  /** What is inserted after the `@`. */
  readonly name: string
  readonly note: string
  /** Null for everybody. */
  readonly face: Face | null
  readonly words: string
}

/** Whom a message of the channel may mention: its agents, its people, and all agents at once. */
export function useMentionOptions(channel: Channel): readonly MentionOption[] {
  const { t } = useTranslation(['composer', 'chat'])
  const faces = useFaces()
  const agents = useAgentMap()
  const me = useMe()
  return useMemo(() => {
    const ofAgents = channel.agentIds.map((id): MentionOption => {
      const face = faces.agent(id)
      const agent = agents.get(id)
      return {
        id,
        name: face.name,
        note: face.description ?? '',
        face,
        words: [face.name, agent?.name ?? '', ...(agent?.aliases ?? []), id].join(' '),
      }
    })
    const ofPeople = channel.userIds
      .filter((id) => id !== me.id)
      .map((id): MentionOption => {
        const face = faces.person(id)
        return { id, name: face.name, note: '', face, words: face.name }
      })
    const everyone = t('chat:everyone')
    // The server knows the word in each language of the interface.
    const all: MentionOption[] =
      ofAgents.length > 1
        ? [
            {
              id: 'all',
              name: everyone === '所有人' ? everyone : 'all',
              note: t('mentionAll'),
              face: null,
              words: `all ${everyone}`,
            },
          ]
        : []
    return [...ofAgents, ...ofPeople, ...all]
  }, [channel.agentIds, channel.userIds, faces, agents, me.id, t])
}

export function filterMentions(options: readonly MentionOption[], query: string): readonly MentionOption[] {
  const search = query.trim()
  if (search === '') return options
  const begun = query.trimStart().toLowerCase()
  const starts = options.filter((option) => option.name.toLowerCase().startsWith(begun))
  // A space ends a name, unless a longer one goes on behind it.
  if (/\s$/.test(begun)) return starts
  const contains = options.filter((option) => !starts.includes(option) && matchesName(option.words, search))
  return [...starts, ...contains]
}

/** Every name that is drawn as a mention in the texts of a channel. */
export function useMentionNames(channel: Channel | undefined): readonly string[] {
  const agents = useAgentMap()
  const people = usePeopleMap()
  const agentIds = channel?.agentIds.join(' ') ?? ''
  const userIds = channel?.userIds.join(' ') ?? ''
  return useMemo(() => {
    const names = new Set(['all', '所有人', '全体成员'])
    for (const id of agentIds.split(' ')) {
      const agent = agents.get(id)
      if (!agent) continue
      for (const name of [
        agent.name,
        ...agent.aliases,
        ...Object.values(agent.localized ?? {}).map((words) => words.name),
      ])
        names.add(name)
    }
    for (const id of userIds.split(' ')) {
      const person = people.get(id)
      if (person) names.add(person.name)
    }
    return [...names]
  }, [agentIds, userIds, agents, people])
}
