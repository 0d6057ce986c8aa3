import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { ApiClient } from '../sync/api/client.ts'
import type { Session } from '../sync/session.ts'
import type { Sync } from '../sync/sync.ts'

const SyncContext = createContext<Sync | null>(null)

export const SyncProvider = SyncContext.Provider

/** The sync layer. */
export function useSync(): Sync {
  const sync = useContext(SyncContext)
  if (sync === null) throw new Error('useSync is called outside of SyncProvider')
  return sync
}

/** The typed API client: `await api.call('updateAgent', { params: { id }, body })`. */
export function useApi(): ApiClient {
  return useSync().api
}

const SessionContext = createContext<Session | null>(null)

export const SessionProvider = SessionContext.Provider

/** The open session, or null between a logout and the login page. */
export function useMaybeSession(): Session | null {
  return useStore(useSync().session, (view) => view.current)
}

/** The session of the logged-in person. Only below the shell. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('useSession is called outside of the shell')
  return session
}
