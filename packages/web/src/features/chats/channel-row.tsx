import type { Channel } from '@parley/protocol/workspace'
import { Link } from '@tanstack/react-router'
import { BellOff, Pin } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { usePresence } from '../../app/live.ts'
import { useMe } from '../../app/queries.ts'
import { formatFull, formatMoment } from '../../i18n/format.ts'
import { lastActivity } from '../../sync/inbox/list.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { CountPill } from '../../ui/badge.tsx'
import { cx } from '../../ui/classes.ts'
import { Icon } from '../../ui/icon.tsx'
import { ContextMenu } from '../../ui/menu.tsx'
import { type Face, useChannelFace, useFaces } from './channel-face.ts'
import { useChannelMenu } from './channel-menu.ts'
import { usePreview } from './preview.ts'

/** One line of the chat list. */
export const ChannelRow = memo(function ChannelRow({ channel, selected }: { channel: Channel; selected: boolean }) {
  const { t } = useTranslation('chat')
  const face = useChannelFace(channel)
  const entries = useChannelMenu(channel)
  if (face === null) return null
  const when = lastActivity(channel)
  return (
    <li>
      <ContextMenu entries={entries}>
        <Link
          to="/chats/$channelId"
          params={{ channelId: channel.id }}
          aria-current={selected ? 'page' : undefined}
          className={cx(
            'flex h-16 items-center gap-3 rounded-md px-2.5 transition-colors focus-visible:-outline-offset-2',
            selected ? 'bg-accent-ground' : 'hover:bg-hover active:bg-active',
          )}
        >
          <RowAvatar face={face} />
          <span className="min-w-0 flex-1">
            <span className="flex items-baseline gap-1.5">
              <span
                className={cx(
                  'min-w-0 truncate text-ui',
                  channel.unread > 0 && !channel.muted ? 'font-semibold' : 'font-medium',
                )}
              >
                {face.name}
              </span>
              {channel.muted ? <RowMark icon={BellOff} label={t('list.muted')} /> : null}
              {channel.pinned ? <RowMark icon={Pin} label={t('list.pinned')} /> : null}
              <time
                dateTime={when}
                title={formatFull(when)}
                className="tabular ml-auto shrink-0 pl-1 text-small text-muted"
              >
                {formatMoment(when)}
              </time>
            </span>
            <span className="mt-0.5 flex h-5 items-center gap-2">
              <PreviewLine channel={channel} selected={selected} />
              {channel.unread > 0 ? (
                <CountPill
                  count={channel.unread}
                  filled={channel.unreadMentions > 0}
                  label={
                    channel.unreadMentions > 0
                      ? t('list.mentions', { count: channel.unread })
                      : t('list.unread', { count: channel.unread })
                  }
                />
              ) : null}
            </span>
          </span>
        </Link>
      </ContextMenu>
    </li>
  )
})

function RowMark({ icon, label }: { icon: typeof Pin; label: string }) {
  return (
    <span className="self-center text-faint" title={label}>
      <Icon icon={icon} size={13} />
      <span className="sr-only">{label}</span>
    </span>
  )
}

function RowAvatar({ face }: { face: Face }) {
  // Agents are always there; a dot on each of them would say nothing.
  return face.userId ? <PersonAvatar face={face} userId={face.userId} /> : <Avatar {...avatarOf(face)} size={40} />
}

function PersonAvatar({ face, userId }: { face: Face; userId: string }) {
  return <Avatar {...avatarOf(face)} size={40} presence={usePresence(userId)} />
}

function avatarOf(face: Face) {
  return { id: face.id, name: face.name, avatar: face.avatar, shape: face.shape ?? 'round' } as const
}

function PreviewLine({ channel, selected }: { channel: Channel; selected: boolean }) {
  const { t } = useTranslation('chat')
  const preview = usePreview()
  const faces = useFaces()
  const me = useMe()
  const message = channel.lastMessage
  const line = 'min-w-0 flex-1 truncate text-meta text-muted'
  if (channel.draft.trim() !== '' && !selected) {
    return (
      <span className={line}>
        <span className="text-danger">{t('list.draft')}</span>
        {channel.draft.trim().slice(0, 120)}
      </span>
    )
  }
  if (message === null) return <span className={line}>{t('list.nothing')}</span>
  const speaker =
    message.userId === me.id ? t('list.you') : channel.type === 'group' ? nameOf(faces.ofMessage(message)) : ''
  return (
    <span className={line}>
      {speaker ? <span className="text-soft">{speaker}</span> : null}
      {preview(message)}
    </span>
  )

  function nameOf(face: Face | null): string {
    return face ? t('list.speaker', { name: face.name }) : ''
  }
}
