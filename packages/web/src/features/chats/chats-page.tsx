import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { PaneBoundary } from '../../app/pane-boundary.tsx'
import { Panes } from '../../app/panes.tsx'
import { ConversationSkeleton } from '../conversation/conversation-skeleton.tsx'
import { ChannelList } from './channel-list.tsx'
import { ChatsHome } from './chats-home.tsx'

const loadConversation = () => import('../conversation/conversation.tsx')
const Conversation = lazy(loadConversation)
// Fetched beside the list of chats, not after it.
loadConversation().catch(() => {})

/** Chats: the list, and the conversation that is open. */
export function ChatsPage() {
  const { t } = useTranslation('chat')
  const { channelId } = useParams({ strict: false }) as { channelId?: string }
  return (
    <Panes
      list={
        <PaneBoundary>
          <ChannelList selectedId={channelId} />
        </PaneBoundary>
      }
      listLabel={t('list.title')}
      selected={channelId !== undefined}
    >
      <PaneBoundary resetKey={channelId ?? ''}>
        {channelId === undefined ? (
          <ChatsHome />
        ) : (
          <Suspense fallback={<ConversationSkeleton />}>
            <Conversation key={channelId} channelId={channelId} />
          </Suspense>
        )}
      </PaneBoundary>
    </Panes>
  )
}
