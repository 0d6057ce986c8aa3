import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { hasModifier } from '../../ui/platform.ts'
import { toast } from '../../ui/toast.tsx'
import { useErrorText } from '../error-text.ts'
import { setLook, useLook } from '../look.ts'
import { useApi, useSession } from '../sync-context.tsx'
import { isOverlayOpen, showOverlay } from './overlay-store.ts'

/** The shortcuts that work wherever the focus is. Those of the composer live there. */
export function useShortcuts(): void {
  const navigate = useNavigate()
  const { channelId } = useParams({ strict: false }) as { channelId?: string }
  const { inbox } = useSession()
  const api = useApi()
  const look = useLook()
  const errorText = useErrorText()
  const report = (error: unknown): void => toast({ tone: 'danger', message: errorText(error) })

  const step = (by: 1 | -1): void => {
    const { channels } = inbox.store.getState()
    const at = channels.findIndex((channel) => channel.id === channelId)
    const next = channels[at === -1 ? 0 : Math.min(channels.length - 1, Math.max(0, at + by))]
    if (next) void navigate({ to: '/chats/$channelId', params: { channelId: next.id } })
  }

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const mod = hasModifier(event)
    const key = event.key.toLowerCase()
    const take = (act: () => void): void => {
      event.preventDefault()
      act()
    }
    if (mod && !event.shiftKey && !event.altKey && key === 'k')
      return take(() => showOverlay(isOverlayOpen() ? null : 'palette'))
    if (isOverlayOpen()) return
    if (event.altKey && !mod && (key === 'arrowup' || key === 'arrowdown'))
      return take(() => step(key === 'arrowup' ? -1 : 1))
    if (event.key === '?' && !mod && !isTyping(event.target)) return take(() => showOverlay('shortcuts'))
    if (channelId === undefined || !mod) return
    if (key === '.') return take(() => void api.call('stopChannel', { params: { id: channelId } }).catch(report))
    if (key === '/') return take(() => setLook({ detailsOpen: !look.detailsOpen }))
    if (key === 'm' && event.shiftKey) {
      const channel = inbox.get(channelId)
      if (channel) take(() => void inbox.setPreferences(channelId, { muted: !channel.muted }).catch(report))
    }
  })

  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event)
    addEventListener('keydown', listener)
    return () => removeEventListener('keydown', listener)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
