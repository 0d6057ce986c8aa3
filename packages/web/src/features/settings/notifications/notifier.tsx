import { useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { useSession } from '../../../app/sync-context.tsx'
import { useChannelFaces, useFaces } from '../../chats/channel-face.ts'
import { usePreview } from '../../chats/preview.ts'
import { playChime } from './chime.ts'
import { type News, newsOf, noNews } from './news.ts'
import { desktopPermission, useNotify } from './preferences.ts'

/** Tells of new messages while the app is not being looked at, as this device's settings say. Draws nothing. */
export default function Notifier() {
  const { inbox, userId } = useSession()
  const preferences = useNotify()
  const navigate = useNavigate()
  const faceOf = useChannelFaces()
  const faces = useFaces()
  const preview = usePreview()
  const active = preferences.desktop || preferences.sound

  const tell = useEffectEvent((news: readonly News[]) => {
    if (news.length === 0 || (!document.hidden && document.hasFocus())) return
    if (preferences.sound) playChime()
    if (!preferences.desktop || desktopPermission() !== 'granted') return
    for (const { channel, message } of news) {
      const speaker = channel.type === 'group' ? faces.ofMessage(message)?.name : undefined
      const text = preview(message)
      const notification = new Notification(faceOf(channel).name, {
        body: speaker === undefined ? text : `${speaker}: ${text}`,
        // A later message of the same chat replaces the earlier notification.
        tag: channel.id,
        icon: '/icon-192.png',
        silent: true,
      })
      notification.onclick = () => {
        window.focus()
        notification.close()
        void navigate({ to: '/chats/$channelId', params: { channelId: channel.id } })
      }
    }
  })

  useEffect(() => {
    if (!active) return
    let state = noNews
    return inbox.store.subscribe((now, before) => {
      if (before.phase !== 'ready') return
      const step = newsOf(before.channels, now.channels, state, userId)
      state = step.state
      tell(step.news)
    })
  }, [inbox, userId, active])
  return null
}
