import type { Channel } from '@parley/protocol/workspace'
import { Bell, BellOff, CheckCheck, Pin, PinOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../app/error-text.ts'
import { useSession } from '../../app/sync-context.tsx'
import type { MenuEntry } from '../../ui/menu.tsx'
import { toast } from '../../ui/toast.tsx'

/** What can be done with a chat in the list: pin, mute, mark as read. */
export function useChannelMenu(channel: Channel): readonly MenuEntry[] {
  const { t } = useTranslation('chat')
  const { inbox, reads } = useSession()
  const errorText = useErrorText()
  const set = (change: { pinned?: boolean; muted?: boolean }): void => {
    inbox
      .setPreferences(channel.id, change)
      .catch((error: unknown) => toast({ tone: 'danger', message: errorText(error) }))
  }
  return [
    {
      key: 'pin',
      label: channel.pinned ? t('menu.unpin') : t('menu.pin'),
      icon: channel.pinned ? PinOff : Pin,
      onSelect: () => set({ pinned: !channel.pinned }),
    },
    {
      key: 'mute',
      label: channel.muted ? t('menu.unmute') : t('menu.mute'),
      icon: channel.muted ? Bell : BellOff,
      onSelect: () => set({ muted: !channel.muted }),
    },
    channel.unread > 0 && {
      key: 'read',
      label: t('menu.markRead'),
      icon: CheckCheck,
      onSelect: () => reads.seen(channel.id, channel.lastSeq),
    },
  ]
}
