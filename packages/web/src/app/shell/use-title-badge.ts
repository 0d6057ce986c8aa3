import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useChannelFace } from '../../features/chats/channel-face.ts'
import { useChannel } from '../live.ts'
import { useAppName } from '../queries.ts'
import { useUnread } from './use-unread.ts'

/** Number of unread messages in the tab's title and, where installed, on the app's icon. */
export function useTitleBadge(): void {
  const { channelId } = useParams({ strict: false }) as { channelId?: string }
  const channel = useChannel(channelId ?? '')
  const face = useChannelFace(channel)
  const { count } = useUnread()
  const appName = useAppName()
  useEffect(() => {
    const place = face ? `${face.name} · ${appName}` : appName
    document.title = count > 0 ? `(${count > 99 ? '99+' : count}) ${place}` : place
    const badge = navigator as { setAppBadge?: (count: number) => Promise<void>; clearAppBadge?: () => Promise<void> }
    const done = count > 0 ? badge.setAppBadge?.(count) : badge.clearAppBadge?.()
    // Only installed apps may set a badge; elsewhere the refusal means nothing.
    done?.catch(() => {})
  }, [face, count, appName])
}
