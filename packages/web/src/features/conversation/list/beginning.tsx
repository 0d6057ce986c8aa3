import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../ui/avatar.tsx'
import { useChannelFace } from '../../chats/channel-face.ts'
import { useConversationFacts } from '../conversation-context.tsx'
import { ModelHint } from './model-hint.tsx'

/** The top of a conversation: what it is, and how to begin. */
export function Beginning() {
  const { t } = useTranslation('chat')
  const { channel } = useConversationFacts()
  const face = useChannelFace(channel)
  if (face === null) return null
  const group = channel.type === 'group'
  return (
    <div className="px-1 pt-8 pb-6 text-center">
      <Avatar
        id={face.id}
        name={face.name}
        avatar={face.avatar}
        shape={face.shape ?? 'round'}
        size={64}
        className="mx-auto"
      />
      <p className="mt-3 text-title font-semibold">{face.name}</p>
      {face.description ? <p className="mx-auto mt-1 max-w-100 text-ui text-muted">{face.description}</p> : null}
      {group ? <p className="mt-1 text-ui text-muted">{t('beginGroup', { name: face.name })}</p> : null}
      <p className="mx-auto mt-1 max-w-100 text-ui text-balance text-muted">
        {group
          ? channel.agentIds.length > 0
            ? t('beginGroupHint')
            : null
          : face.agentId
            ? t('beginAgentHint', { name: face.name })
            : t('beginPersonHint')}
      </p>
      {channel.agentIds.length > 0 ? <ModelHint /> : null}
    </div>
  )
}
