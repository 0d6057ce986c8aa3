import { useNavigate, useSearch } from '@tanstack/react-router'
import { MessageCircleOff, MessagesSquare } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useErrorText } from '../../app/error-text.ts'
import { useChannel, useInbox } from '../../app/live.ts'
import { PaneHeader } from '../../app/pane-header.tsx'
import { useSession } from '../../app/sync-context.tsx'
import type { ChannelClient } from '../../sync/channel/channel.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ConversationHeader } from './conversation-header.tsx'
import { ConversationSkeleton, MessagesSkeleton } from './conversation-skeleton.tsx'
import { OpenConversation } from './open-conversation.tsx'

/** How many pages are fetched to reach the first unread message before the conversation opens at its end instead. */
const UNREAD_PAGES = 2
const UNREAD_PAGE_SIZE = 100

/** One conversation, from its address to its last state. Mounted anew for each channel. */
export default function Conversation({ channelId }: { channelId: string }) {
  const { t } = useTranslation(['chat', 'common', 'errors'])
  const session = useSession()
  const [client] = useState(() => {
    const opened = session.channels.open(channelId)
    // Somebody who left while reading an old part comes back to the newest one.
    opened.showNewest()
    return opened
  })
  const channel = useChannel(channelId)
  const inboxPhase = useInbox().phase
  const view = useStore(client.store)
  const { m: jumpId } = useSearch({ strict: false }) as { m?: string }
  const navigate = useNavigate()
  const errorText = useErrorText()
  const ready = useReady(client, channel?.readSeq, channel?.unread ?? 0)

  const gone =
    (inboxPhase === 'ready' && channel === undefined) ||
    (view.failure !== null && [403, 404].includes(view.failure.status))
  if (gone) {
    return (
      <>
        <PaneHeader title={t('missingTitle')} backTo="/chats" />
        <EmptyState
          icon={MessageCircleOff}
          title={t('missingTitle')}
          action={<Button onClick={() => void navigate({ to: '/chats' })}>{t('errors:toChats')}</Button>}
        >
          {t('missingText')}
        </EmptyState>
      </>
    )
  }
  if (channel === undefined) return <ConversationSkeleton />
  if (view.phase === 'failed') {
    return (
      <>
        <ConversationHeader channel={channel} detailsOpen={false} onToggleDetails={() => {}} />
        <EmptyState
          icon={MessagesSquare}
          title={t('failedTitle')}
          action={<Button onClick={() => void client.load()}>{t('common:retry')}</Button>}
        >
          {errorText(view.failure)}
        </EmptyState>
      </>
    )
  }
  if (!ready) {
    return (
      <>
        <ConversationHeader channel={channel} detailsOpen={false} onToggleDetails={() => {}} />
        <MessagesSkeleton />
      </>
    )
  }
  return <OpenConversation client={client} channel={channel} jumpId={jumpId} />
}

/** True once the newest page is there, and as far as reasonable the first unread message. */
function useReady(client: ChannelClient, readSeq: number | undefined, unread: number): boolean {
  const phase = useStore(client.store, (view) => view.phase)
  const [prepared, setPrepared] = useState(false)
  const known = readSeq !== undefined
  useEffect(() => {
    if (phase !== 'ready' || !known || prepared) return
    let cancelled = false
    const prepare = async (): Promise<void> => {
      for (let page = 0; page < UNREAD_PAGES && unread > 0; page++) {
        const { tail, messages } = client.store.getState().log
        const oldest = messages.get(tail.ids[0] ?? '')
        if (!tail.hasOlder || oldest === undefined || oldest.seq <= (readSeq ?? 0) + 1) break
        await client.loadOlder(UNREAD_PAGE_SIZE)
      }
    }
    // Without the older pages the conversation opens at its end; that is no reason to keep it closed.
    void prepare()
      .catch(() => {})
      .then(() => {
        if (!cancelled) setPrepared(true)
      })
    return () => {
      cancelled = true
    }
    // The marker as it is when the conversation opens is meant.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [phase, known, client])
  return phase === 'ready' && prepared
}
