/** React's view of the stores in `sync/`. */
import type { Channel, Person } from '@parley/protocol/workspace'
import { useCallback, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import type { LiveAnswer } from '../sync/answers/live-answer.ts'
import type { InboxView } from '../sync/inbox/inbox.ts'
import type { SocketState } from '../sync/socket/machine.ts'
import { usePeopleMap } from './queries.ts'
import { useSession } from './sync-context.tsx'

export function useInbox(): InboxView {
  return useStore(useSession().inbox.store)
}

/** One channel of the list; undefined while loading or when the person is no member. */
export function useChannel(id: string): Channel | undefined {
  return useStore(useSession().inbox.store, (view) => view.channels.find((channel) => channel.id === id))
}

export function useConnection(): SocketState {
  return useStore(useSession().socket.state)
}

/** The text of an answer while it is written; undefined before and after. */
export function useLiveAnswer(messageId: string): LiveAnswer | undefined {
  const { live } = useSession()
  const subscribe = useCallback((listener: () => void) => live.subscribe(messageId, listener), [live, messageId])
  return useSyncExternalStore(subscribe, () => live.get(messageId))
}

/** `online` or `offline`: what the socket told last, else what the list of people said. */
export function usePresence(userId: string): Person['status'] {
  const told = useStore(useSession().presence.store, (view) => view.online.get(userId))
  const people = usePeopleMap()
  return told ?? people.get(userId)?.status ?? 'offline'
}

const nobody: readonly string[] = []

/** Ids of the people writing in a channel. */
export function useTyping(channelId: string): readonly string[] {
  return useStore(useSession().presence.store, (view) => view.typing.get(channelId) ?? nobody)
}
