import type { Channel } from '@parley/protocol/workspace'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { useMe } from '../../app/queries.ts'
import { useSession } from '../../app/sync-context.tsx'
import type { ChannelClient } from '../../sync/channel/channel.ts'
import { messagesOf, viewOf } from '../../sync/channel/state.ts'
import { buildRows, type Row } from './list/rows.ts'
import { usePresenceHere } from './list/use-presence-here.ts'

export interface ConversationRows {
  readonly rows: readonly Row[]
  /** Where to open: at the unread line, or null for the end. */
  readonly startKey: string | null
  /** Messages of others the person has not seen. */
  readonly newCount: number
  /** An answer waits or runs. */
  readonly answering: boolean
  /** The person has answered: the line has done its work. */
  readonly clearUnreadLine: () => void
}

/** The lines of an open conversation, with the unread line where the person left off. */
export function useRows(client: ChannelClient, channel: Channel): ConversationRows {
  const me = useMe()
  const { outbox } = useSession()
  const log = useStore(client.store, (view) => view.log)
  const items = useStore(outbox.store, (state) => state.items)
  const here = usePresenceHere()
  const [unreadAfter, setUnreadAfter] = useState<number | null>(channel.unread > 0 ? channel.readSeq : null)
  const pending = useMemo(() => items.filter((item) => item.channelId === channel.id), [items, channel.id])
  const messages = useMemo(() => messagesOf(log), [log])

  // What comes while the person is away is new to them when they return; the line stays until they write or leave.
  const readSeq = channel.readSeq
  const readWhenLeft = useRef(readSeq)
  useEffect(() => {
    if (here) return
    readWhenLeft.current = readSeq
    return () => {
      const tail = messagesOf(client.store.getState().log, client.store.getState().log.tail)
      if (tail.some((message) => message.seq > readWhenLeft.current && message.userId !== me.id))
        setUnreadAfter(readWhenLeft.current)
    }
    // The marker of the moment of leaving is meant.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [here, client, me.id])

  const { answers } = log
  const { hasOlder } = viewOf(log)
  const atNewest = log.island === null
  const rows = useMemo(
    () => buildRows({ messages, pending, answers, unreadAfter, myId: me.id, hasOlder, atNewest }),
    [messages, pending, answers, unreadAfter, me.id, hasOlder, atNewest],
  )
  const [startKey] = useState(() => (rows.some((row) => row.type === 'unread') ? 'unread' : null))
  const newCount = useMemo(
    () =>
      messagesOf(log, log.tail).filter(
        (message) => message.seq > readSeq && message.userId !== me.id && !message.metadata.notice,
      ).length,
    [log, readSeq, me.id],
  )
  const answering =
    log.answers.length > 0 || messages.some((message) => message.metadata.answer?.status === 'streaming')
  return { rows, startKey, newCount, answering, clearUnreadLine: () => setUnreadAfter(null) }
}
