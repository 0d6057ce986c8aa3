import type { Channel } from '@parley/protocol/workspace'
import { MessageSquarePlus, Search, UsersRound } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../app/error-text.ts'
import { useInbox } from '../../app/live.ts'
import { PaneHeader } from '../../app/pane-header.tsx'
import { useCan } from '../../app/queries.ts'
import { showOverlay } from '../../app/shell/overlay-store.ts'
import { useSession } from '../../app/sync-context.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { SearchInput } from '../../ui/input.tsx'
import { Menu } from '../../ui/menu.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { useChannelFaces } from './channel-face.ts'
import { ChannelRow } from './channel-row.tsx'
import { matchesName } from './match-name.ts'

/** All chats of the person, pinned first, then by last activity. */
export function ChannelList({ selectedId }: { selectedId: string | undefined }) {
  const { t } = useTranslation(['chat', 'common'])
  const { phase, failure, channels } = useInbox()
  const { inbox } = useSession()
  const errorText = useErrorText()
  const mayCreate = useCan('member')
  const [filter, setFilter] = useState('')
  const shown = useFiltered(channels, useDeferredValue(filter))
  return (
    <>
      <PaneHeader kind="list" title={t('list.title')} actions={mayCreate ? <NewChatMenu /> : null} />
      <div className="px-3 pb-2">
        <SearchInput
          icon={Search}
          label={t('list.filter')}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto" aria-busy={phase === 'loading'}>
        {phase === 'loading' ? <SkeletonRows count={7} /> : null}
        {phase === 'failed' ? (
          <EmptyState
            icon={MessageSquarePlus}
            title={t('list.failed')}
            action={<Button onClick={() => void inbox.load()}>{t('common:retry')}</Button>}
          >
            {errorText(failure)}
          </EmptyState>
        ) : null}
        {phase === 'ready' && channels.length === 0 ? (
          <EmptyState
            icon={MessageSquarePlus}
            title={t('list.emptyTitle')}
            action={
              mayCreate ? (
                <Button variant="primary" onClick={() => showOverlay('new-chat')}>
                  {t('list.emptyAction')}
                </Button>
              ) : null
            }
          >
            {t('list.emptyText')}
          </EmptyState>
        ) : null}
        {phase === 'ready' && channels.length > 0 && shown.length === 0 ? (
          <p className="px-6 py-8 text-center text-meta text-muted">{t('list.noMatch')}</p>
        ) : null}
        <ul className="flex flex-col gap-0.5 px-2 pb-3">
          {shown.map((channel) => (
            <ChannelRow key={channel.id} channel={channel} selected={channel.id === selectedId} />
          ))}
        </ul>
      </div>
    </>
  )
}

function NewChatMenu() {
  const { t } = useTranslation('chat')
  return (
    <Menu
      trigger={<IconButton icon={MessageSquarePlus} label={t('list.new')} />}
      entries={[
        { key: 'direct', label: t('list.newDirect'), icon: MessageSquarePlus, onSelect: () => showOverlay('new-chat') },
        { key: 'group', label: t('list.newGroup'), icon: UsersRound, onSelect: () => showOverlay('new-group') },
      ]}
    />
  )
}

function useFiltered(channels: readonly Channel[], filter: string): readonly Channel[] {
  const faceOf = useChannelFaces()
  return useMemo(() => {
    if (filter.trim() === '') return channels
    return channels.filter((channel) => matchesName(faceOf(channel).name, filter) || matchesName(channel.name, filter))
  }, [channels, filter, faceOf])
}
