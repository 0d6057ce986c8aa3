import type { Message } from '@parley/protocol/workspace'
import type { LucideIcon } from 'lucide-react'
import { Copy, Link2, Pencil, RefreshCw, Reply, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { toast } from '../../../ui/toast.tsx'
import { useConversationActions, useConversationFacts } from '../conversation-context.tsx'

export interface MessageAction {
  readonly key: 'reply' | 'copy' | 'edit' | 'retry' | 'link' | 'delete'
  readonly label: string
  readonly icon: LucideIcon
  readonly tone?: 'danger'
  readonly run: () => void
}

/** What the person may do with a message, the most used first. */
export function useMessageActions(message: Message): readonly MessageAction[] {
  const { t } = useTranslation('chat')
  const actions = useConversationActions()
  const { myId, mayWrite, mayDeleteAny } = useConversationFacts()
  const { metadata } = message
  if (metadata.deletedAt !== undefined) return []
  const running = metadata.answer?.status === 'streaming'
  const mine = message.userId === myId
  const copy = (text: string, done: string): void => {
    navigator.clipboard.writeText(text).then(
      () => toast({ message: done, tone: 'success', duration: 2_000 }),
      () => toast({ message: t('actions.copyFailed'), tone: 'danger' }),
    )
  }
  const list: (MessageAction | false)[] = [
    mayWrite && { key: 'reply', label: t('actions.reply'), icon: Reply, run: () => actions.reply(message) },
    message.content !== '' && {
      key: 'copy',
      label: t('actions.copy'),
      icon: Copy,
      run: () => copy(message.content, t('actions.copied')),
    },
    mayWrite && mine && { key: 'edit', label: t('actions.edit'), icon: Pencil, run: () => actions.edit(message) },
    mayWrite &&
      metadata.answer !== undefined &&
      !running && { key: 'retry', label: t('actions.retry'), icon: RefreshCw, run: () => actions.retry(message) },
    {
      key: 'link',
      label: t('actions.copyLink'),
      icon: Link2,
      run: () =>
        copy(
          `${location.origin}/chats/${message.channelId}?m=${encodeURIComponent(message.id)}`,
          t('actions.linkCopied'),
        ),
    },
    !running &&
      (mine || mayDeleteAny) && {
        key: 'delete',
        label: t('actions.delete'),
        icon: Trash2,
        tone: 'danger',
        run: () => actions.askDelete(message),
      },
  ]
  return list.filter((action) => action !== false)
}
