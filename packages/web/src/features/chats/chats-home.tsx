import { useNavigate } from '@tanstack/react-router'
import { MessagesSquare } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useInbox } from '../../app/live.ts'
import { useCan, useMe } from '../../app/queries.ts'
import { showOverlay } from '../../app/shell/overlay-store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { keyNames } from '../../ui/platform.ts'
import { lastChannel } from './last-channel.ts'

/** The main pane while no chat is open (not on phones): goes back to the last one, or to the only one there is. */
export function ChatsHome() {
  const { t } = useTranslation('chat')
  const { phase, channels } = useInbox()
  const me = useMe()
  const mayCreate = useCan('member')
  const navigate = useNavigate()
  const last = lastChannel(me.id)
  const target = channels.find((channel) => channel.id === last) ?? (channels.length === 1 ? channels[0] : undefined)
  const targetId = target?.id
  useEffect(() => {
    if (targetId === undefined) return
    void navigate({ to: '/chats/$channelId', params: { channelId: targetId }, replace: true })
  }, [targetId, navigate])
  if (phase === 'loading' || targetId !== undefined) return null
  return (
    <EmptyState
      icon={MessagesSquare}
      title={t('home.title')}
      action={mayCreate ? <Button onClick={() => showOverlay('new-chat')}>{t('list.emptyAction')}</Button> : null}
    >
      {t('home.text', { keys: keyNames('mod+k').join(' ') })}
    </EmptyState>
  )
}
