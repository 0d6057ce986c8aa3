import type { Person } from '@parley/protocol/workspace'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { queryKeys } from '../../app/queries.ts'
import { useApi } from '../../app/sync-context.tsx'
import type { RouteInput } from '../../sync/api/routes.ts'

/** Changes a person; the lists follow the server's reply. */
export function useChangePerson(id: string) {
  const api = useApi()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (change: RouteInput<'updateUser'>['body']) => api.call('updateUser', { params: { id }, body: change }),
    onSuccess: ({ user }) => {
      queryClient.setQueryData<readonly Person[]>(queryKeys.people, (people) =>
        people?.map((other) => (other.id === id ? user : other)),
      )
      return queryClient.invalidateQueries({ queryKey: queryKeys.me })
    },
  })
}
