/** Wires what the app is made of, once. */
import { QueryClient } from '@tanstack/react-query'
import { ApiError } from '../sync/api/error.ts'
import { Sync } from '../sync/sync.ts'
import { queryKeys } from './queries.ts'
import { makeRouter } from './router.tsx'

export function makeAppServices() {
  const queryClient = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        // The socket says when something changed; refetching on focus would only repeat it.
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && (!(error instanceof ApiError) || error.isTransient),
      },
      mutations: { retry: false },
    },
  })
  const invalidate = (queryKey: readonly string[]) => void queryClient.invalidateQueries({ queryKey })
  const sync = new Sync({
    onEnded: () => {
      queryClient.clear()
      void router.navigate({ to: '/login', search: { next: router.latestLocation.href } })
    },
    onChanged: ({ topic, id }) => {
      if (topic === 'agents') invalidate(queryKeys.agents)
      else if (topic === 'settings') {
        invalidate(queryKeys.settings)
        invalidate(queryKeys.me)
      } else if (topic === 'users') {
        invalidate(queryKeys.people)
        invalidate(queryKeys.me)
      }
      if (topic === 'channels' || topic === 'users' || topic === 'agents') invalidate(['members'])
      else if (topic === 'channel' && id !== undefined) invalidate(queryKeys.members(id))
    },
    onReconnected: () => {
      void queryClient.invalidateQueries()
    },
  })
  const router = makeRouter({ sync, queryClient })
  return { queryClient, sync, router }
}

export type AppServices = ReturnType<typeof makeAppServices>
