import type { Agent, Channel, Message } from '@parley/protocol/workspace'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useAgentMap, useMe, usePeopleMap } from '../../app/queries.ts'
import type { AvatarProps } from '../../ui/avatar.tsx'

export type Face = Pick<AvatarProps, 'id' | 'name' | 'avatar' | 'shape'> & {
  /** Set where the face is one agent or person. */
  readonly agentId?: string
  readonly userId?: string
  readonly description?: string
}

/** Name of an agent in the interface language. */
export function agentName(agent: Agent, language: string): string {
  return localizedOf(agent, language)?.name || agent.name
}

export function agentDescription(agent: Agent, language: string): string {
  return localizedOf(agent, language)?.description || agent.description
}

function localizedOf(agent: Agent, language: string): { name: string; description: string } | undefined {
  return agent.localized?.[language] ?? agent.localized?.[language.split('-')[0] ?? language]
}

/** How agents and people look: a function from their ids, stable while nothing about them changes. */
export function useFaces(): {
  agent: (id: string) => Face
  person: (id: string) => Face
  ofMessage: (message: Message) => Face | null
} {
  const { t, i18n } = useTranslation('chat')
  const agents = useAgentMap()
  const people = usePeopleMap()
  return useMemo(() => {
    const agent = (id: string): Face => {
      const found = agents.get(id)
      return found
        ? {
            id,
            agentId: id,
            name: agentName(found, i18n.language),
            avatar: found.avatar,
            shape: 'square',
            description: agentDescription(found, i18n.language),
          }
        : { id, agentId: id, name: t('formerAgent'), avatar: '', shape: 'square' }
    }
    const person = (id: string): Face => {
      const found = people.get(id)
      return found
        ? { id, userId: id, name: found.name, avatar: found.avatar, shape: 'round' }
        : { id, userId: id, name: t('formerPerson'), avatar: '', shape: 'round' }
    }
    return {
      agent,
      person,
      ofMessage: (message) =>
        message.agentId !== null ? agent(message.agentId) : message.userId !== null ? person(message.userId) : null,
    }
  }, [agents, people, t, i18n.language])
}

/** The face of a channel: the other member of a direct chat, or the group itself. */
export function useChannelFaces(): (channel: Channel) => Face {
  const faces = useFaces()
  const me = useMe()
  return useCallback(
    (channel) => {
      if (channel.type === 'group')
        return { id: channel.id, name: channel.name, avatar: channel.avatar, shape: 'square' }
      const agentId = channel.agentIds[0]
      if (agentId !== undefined) return faces.agent(agentId)
      const other = channel.userIds.find((id) => id !== me.id) ?? me.id
      return faces.person(other)
    },
    [faces, me.id],
  )
}

export function useChannelFace(channel: Channel | undefined): Face | null {
  const faceOf = useChannelFaces()
  return useMemo(() => (channel ? faceOf(channel) : null), [channel, faceOf])
}
