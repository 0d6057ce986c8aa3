import type { Channel } from '@parley/protocol/workspace'
import { PanelRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { usePresence, useTyping } from '../../app/live.ts'
import { PaneHeader } from '../../app/pane-header.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { type Face, useChannelFace, useFaces } from '../chats/channel-face.ts'

/** Name, members or presence, who is writing, and the way to the details. */
export function ConversationHeader({
  channel,
  detailsOpen,
  onToggleDetails,
}: {
  channel: Channel
  detailsOpen: boolean
  onToggleDetails: () => void
}) {
  const { t } = useTranslation('chat')
  const face = useChannelFace(channel)
  if (face === null) return null
  return (
    <PaneHeader
      backTo="/chats"
      leading={<Avatar id={face.id} name={face.name} avatar={face.avatar} shape={face.shape ?? 'round'} size={32} />}
      title={
        <button
          type="button"
          onClick={onToggleDetails}
          className="max-w-full truncate rounded-sm text-left hover:underline"
        >
          {face.name}
        </button>
      }
      subtitle={<Subtitle channel={channel} face={face} />}
      actions={
        <IconButton
          icon={PanelRight}
          label={t('header.details')}
          shortcut="mod+/"
          pressed={detailsOpen}
          onClick={onToggleDetails}
        />
      }
    />
  )
}

function Subtitle({ channel, face }: { channel: Channel; face: Face }) {
  const { t } = useTranslation(['chat', 'common'])
  const writing = useWritingText(channel.id)
  if (writing !== null) return <span className="text-accent-text">{writing}</span>
  if (face.userId) return <PersonStatus userId={face.userId} />
  if (face.agentId) return face.description ?? ''
  const parts = [
    channel.agentIds.length > 0 ? t('header.membersAgents', { count: channel.agentIds.length }) : '',
    channel.userIds.length > 0 ? t('header.membersPeople', { count: channel.userIds.length }) : '',
  ]
  return parts.filter((part) => part !== '').join(' · ')
}

function PersonStatus({ userId }: { userId: string }) {
  const { t } = useTranslation('common')
  return t(`status.${usePresence(userId)}`)
}

function useWritingText(channelId: string): string | null {
  const { t } = useTranslation('chat')
  const faces = useFaces()
  const names = useTyping(channelId).map((id) => faces.person(id).name)
  const [first, second] = names
  if (first === undefined) return null
  if (second === undefined) return t('header.writingOne', { name: first })
  if (names.length === 2) return t('header.writingTwo', { first, second })
  return t('header.writingMany', { count: names.length })
}
