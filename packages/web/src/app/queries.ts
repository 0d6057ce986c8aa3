/** Server state that is fetched whole and reloaded when the server says it changed. */
import type { Agent, Person, Role } from '@parley/protocol/workspace'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ApiClient } from '../sync/api/client.ts'
import { useApi } from './sync-context.tsx'

/** Keys of the query cache. Invalidate by prefix: `queryClient.invalidateQueries({ queryKey: queryKeys.agents })`. */
export const queryKeys = {
  me: ['me'],
  agents: ['agents'],
  agent: (id: string) => ['agents', id],
  people: ['people'],
  settings: ['settings'],
  sessions: ['sessions'],
  members: (channelId: string) => ['members', channelId],
} as const

export const meQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: queryKeys.me,
    queryFn: ({ signal }) => api.call('me', {}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
export const agentsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: queryKeys.agents,
    queryFn: async ({ signal }) => (await api.call('listAgents', {}, { signal })).agents,
  })
export const peopleQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: queryKeys.people,
    queryFn: async ({ signal }) => (await api.call('listUsers', {}, { signal })).users,
  })
export const settingsQuery = (api: ApiClient) =>
  queryOptions({ queryKey: queryKeys.settings, queryFn: ({ signal }) => api.call('getSettings', {}, { signal }) })
export const membersQuery = (api: ApiClient, channelId: string) =>
  queryOptions({
    queryKey: queryKeys.members(channelId),
    queryFn: async ({ signal }) => (await api.call('listMembers', { params: { id: channelId } }, { signal })).members,
  })

export const useAgents = () => useQuery(agentsQuery(useApi()))
export const usePeople = () => useQuery(peopleQuery(useApi()))
export const useSettings = (enabled = true) => useQuery({ ...settingsQuery(useApi()), enabled })
export const useMembers = (channelId: string) => useQuery(membersQuery(useApi(), channelId))

/** The logged-in person. Only below the shell, where the session is known. */
export function useMe(): Person {
  const { data } = useQuery(meQuery(useApi()))
  if (!data) throw new Error('useMe is called before the session is loaded')
  return data.user
}

/** The name this installation goes by. */
export function useAppName(): string {
  return useQuery(meQuery(useApi())).data?.appName ?? 'Parley'
}

const ranks: Record<Role, number> = { guest: 0, member: 1, admin: 2, owner: 3 }

/** True when the logged-in person has at least `role`. Hides what the server would refuse; the server decides. */
export function useCan(role: Role): boolean {
  return ranks[useMe().role] >= ranks[role]
}

/** Agents by id, empty while loading. */
export function useAgentMap(): ReadonlyMap<string, Agent> {
  const { data } = useAgents()
  return useMemo(() => new Map(data?.map((agent) => [agent.id, agent])), [data])
}

/** People by id, empty while loading. */
export function usePeopleMap(): ReadonlyMap<string, Person> {
  const { data } = usePeople()
  return useMemo(() => new Map(data?.map((person) => [person.id, person])), [data])
}
