/** One agent with its persona, and changing it: shown at once, taken back when the server refuses. */
import type { Agent, AgentDetail } from '@parley/protocol/workspace'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { queryKeys } from '../../app/queries.ts'
import { useApi } from '../../app/sync-context.tsx'
import type { RouteInput } from '../../sync/api/routes.ts'

export type AgentChange = RouteInput<'updateAgent'>['body']

export function useAgentDetail(id: string, enabled: boolean) {
  const api = useApi()
  return useQuery({
    queryKey: queryKeys.agent(id),
    queryFn: ({ signal }) => api.call('getAgent', { params: { id } }, { signal }),
    enabled,
  })
}

const changeKey = (id: string): readonly string[] => ['change-agent', id]

export function useChangeAgent(id: string) {
  const api = useApi()
  const queryClient = useQueryClient()
  const key = queryKeys.agent(id)
  return useMutation({
    mutationKey: changeKey(id),
    // One after another: a list of tools sent later must not be overtaken by an earlier one.
    scope: { id: `agent ${id}` },
    mutationFn: (change: AgentChange) => api.call('updateAgent', { params: { id }, body: change }),
    onMutate: async (change) => {
      await queryClient.cancelQueries({ queryKey: key, exact: true })
      const before = queryClient.getQueryData<AgentDetail>(key)
      if (before) queryClient.setQueryData(key, preview(before, change))
      return { before }
    },
    onError: (_error, _change, context) => {
      if (context?.before) queryClient.setQueryData(key, context.before)
    },
    onSuccess: ({ agent }) => {
      // While more changes wait, the reply is older than what is shown.
      if (queryClient.isMutating({ mutationKey: changeKey(id) }) > 1) return
      queryClient.setQueryData(key, agent)
      queryClient.setQueryData<readonly Agent[]>(queryKeys.agents, (list) =>
        list?.map((other) => (other.id === id ? agent : other)),
      )
    },
  })
}

/** The agent as it will be, as far as that is known here. */
export function preview(agent: AgentDetail, { disabled, ...fields }: AgentChange): AgentDetail {
  const known = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  const status =
    disabled === undefined
      ? agent.status
      : disabled
        ? 'disabled'
        : agent.status === 'disabled'
          ? 'online'
          : agent.status
  return { ...agent, ...known, status }
}
