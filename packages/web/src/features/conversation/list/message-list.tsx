import { ArrowDown, ArrowUp } from 'lucide-react'
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useSession } from '../../../app/sync-context.tsx'
import { viewOf } from '../../../sync/channel/state.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Spinner } from '../../../ui/spinner.tsx'
import { useConversationActions, useConversationFacts } from '../conversation-context.tsx'
import { Beginning } from './beginning.tsx'
import { RowView } from './row-view.tsx'
import type { Row } from './rows.ts'
import { ScrollAnchor } from './scroll-anchor.ts'
import { usePresenceHere } from './use-presence-here.ts'
import {
  extendDown,
  extendUp,
  followEnd,
  holdPlace,
  newestWindow,
  type RowWindow,
  rangeOf,
  windowAround,
} from './window.ts'

export interface MessageListHandle {
  /** Follows the newest message again. */
  toEnd(): void
  /** Brings a message to the reader and highlights it. False when it is not among the loaded ones. */
  toMessage(messageId: string): boolean
}

export interface MessageListProps {
  ref: Ref<MessageListHandle>
  rows: readonly Row[]
  /** Key of the row to start at instead of the end. */
  startKey: string | null
  /** Messages of others behind the read marker. */
  newCount: number
  highlightId: string | null
  onNewest: () => void
}

/** How near to an end of the document more rows are fetched, in screens. */
const AHEAD = 1.5

/** The messages: a feed that keeps the reader's place. */
export function MessageList({ ref, rows, startKey, newCount, highlightId, onNewest }: MessageListProps) {
  const { t } = useTranslation('chat')
  const { client } = useConversationActions()
  const { channel } = useConversationFacts()
  const { reads } = useSession()
  const here = usePresenceHere()
  const view = useStore(client.store)
  const segment = viewOf(view.log)
  const atNewest = view.log.island === null

  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const anchor = useRef<ScrollAnchor | null>(null)
  const [rowWindow, setWindow] = useState<RowWindow>(() =>
    startKey === null ? newestWindow : windowAround(startKey, rows),
  )
  const [away, setAway] = useState(false)
  const [olderFailed, setOlderFailed] = useState(false)
  const pendingJump = useRef<string | null>(startKey)
  const { start, end } = rangeOf(rowWindow, rows)
  const shown = rows.slice(start, end)
  const newestShown = atNewest && end === rows.length

  /** Tells the read marker what the person has before their eyes. */
  const markSeen = useEffectEvent(() => {
    if (!here || !anchor.current) return
    const key = anchor.current.lastVisibleKey()
    const index = shown.findIndex((row) => row.key === key)
    for (let at = index; at >= 0; at--) {
      const row = shown[at]
      if (row?.type === 'message' || row?.type === 'notice') return reads.seen(channel.id, row.message.seq)
    }
  })

  /** Fetches or shows more where the reader comes near an end. */
  const fill = useEffectEvent(() => {
    const element = scroller.current
    const place = anchor.current
    if (!element || !place) return
    const near = element.clientHeight * AHEAD
    const follows = place.following && atNewest
    let next = follows ? followEnd(rowWindow, rows, element.scrollTop > near * 2) : holdPlace(rowWindow, rows)
    if (element.scrollTop < near) {
      if (start > 0) next = extendUp(next, rows)
      else if (segment.hasOlder && !view.loadingOlder && !olderFailed)
        client.loadOlder().catch(() => setOlderFailed(true))
    }
    if (!follows && place.distanceToEnd < near) {
      if (end < rows.length) next = extendDown(next, rows)
      else if (!atNewest && !view.loadingNewer) client.loadNewer().catch(() => {})
    }
    if (next.startKey !== rowWindow.startKey || next.endKey !== rowWindow.endKey) setWindow(next)
    setAway(!newestShown || place.distanceToEnd > element.clientHeight * 0.6)
  })

  const onScroll = useEffectEvent(() => {
    anchor.current?.scrolled(newestShown)
    fill()
    markSeen()
  })

  const onLayout = useEffectEvent(() => {
    const place = anchor.current
    if (!place) return
    if (pendingJump.current !== null && place.toRow(pendingJump.current, 0.25, newestShown)) pendingJump.current = null
    else place.restore()
    fill()
    markSeen()
  })

  useLayoutEffect(() => {
    if (!scroller.current || !content.current) return
    anchor.current = new ScrollAnchor({ scroller: scroller.current, content: content.current })
    if (pendingJump.current !== null) anchor.current.following = false
    const observer = new ResizeObserver(() => onLayout())
    observer.observe(content.current)
    observer.observe(scroller.current)
    const element = scroller.current
    const listener = (): void => onScroll()
    element.addEventListener('scroll', listener, { passive: true })
    onLayout()
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', listener)
    }
  }, [])

  // Every change of the rows is a change of layout; the observer would come one paint late for what keeps the height.
  useLayoutEffect(() => {
    onLayout()
  }, [rows, start, end])
  useEffect(() => {
    markSeen()
  }, [here])

  useImperativeHandle(ref, () => ({
    toEnd() {
      pendingJump.current = null
      setWindow(newestWindow)
      anchor.current?.toEnd()
      setAway(false)
    },
    toMessage(messageId) {
      const row = rows.find((candidate) => candidate.type === 'message' && candidate.message.id === messageId)
      if (!row) return false
      if (anchor.current) anchor.current.following = false
      if (anchor.current?.toRow(row.key, 0.3, newestShown)) return true
      pendingJump.current = row.key
      setWindow(windowAround(row.key, rows))
      return true
    },
  }))

  const unreadAbove = rows.findIndex((row) => row.type === 'unread')
  const total = segment.hasOlder || !atNewest ? -1 : rows.length
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={scroller}
        tabIndex={0}
        className="message-scroller relative min-h-0 flex-1 overflow-x-hidden overflow-y-auto focus-visible:-outline-offset-2"
      >
        <div
          ref={content}
          role="feed"
          aria-label={t('feed')}
          aria-busy={view.loadingOlder || view.loadingNewer}
          className="conversation-column flex min-h-full flex-col pt-6 pb-5"
        >
          <div className="mt-auto" />
          {start === 0 ? (
            segment.hasOlder ? (
              <div className="flex h-12 items-center justify-center text-meta text-muted">
                {olderFailed ? (
                  <button
                    type="button"
                    onClick={() => setOlderFailed(false)}
                    className="h-10 font-medium text-accent-text hover:underline"
                  >
                    {t('olderFailed')}
                  </button>
                ) : view.loadingOlder ? (
                  <>
                    <Spinner />
                    <span className="sr-only">{t('loadingOlder')}</span>
                  </>
                ) : null}
              </div>
            ) : (
              <Beginning />
            )
          ) : null}
          {shown.map((row, index) => (
            <RowView
              key={row.key}
              row={row}
              position={start + index + 1}
              total={total}
              highlighted={row.type === 'message' && row.message.id === highlightId}
            />
          ))}
          {atNewest ? null : (
            <div className="flex h-12 items-center justify-center text-muted">
              {view.loadingNewer ? <Spinner /> : null}
            </div>
          )}
        </div>
      </div>
      {unreadAbove !== -1 && unreadAbove < start ? (
        <FloatingButton place="top" icon={ArrowUp} label={t('jump.unread')} onClick={() => jumpToUnread()} />
      ) : null}
      {away ? (
        <FloatingButton
          place="bottom"
          icon={ArrowDown}
          label={newCount > 0 ? t('jump.count', { count: newCount }) : t('jump.newest')}
          compact={newCount === 0}
          onClick={onNewest}
        />
      ) : null}
    </div>
  )

  function jumpToUnread(): void {
    pendingJump.current = 'unread'
    if (anchor.current) anchor.current.following = false
    setWindow(windowAround('unread', rows))
  }
}

function FloatingButton({
  place,
  icon,
  label,
  compact = false,
  onClick,
}: {
  place: 'top' | 'bottom'
  icon: typeof ArrowDown
  label: string
  compact?: boolean
  onClick: () => void
}) {
  return (
    <div
      className={`pointer-events-none absolute inset-x-0 flex px-5 ${place === 'top' ? 'top-3 justify-center' : 'bottom-3 justify-center'}`}
    >
      <button
        type="button"
        onClick={onClick}
        aria-label={label}
        className={`pointer-events-auto flex h-9 animate-fade-in items-center gap-1.5 rounded-full bg-canvas text-meta font-medium text-fg shadow-float transition-colors hover:bg-hover pointer-coarse:h-10 ${
          compact ? 'w-9 justify-center pointer-coarse:w-10' : 'px-3.5'
        }`}
      >
        <Icon icon={icon} size={16} className={compact ? 'text-muted' : 'text-accent-text'} />
        {compact ? null : label}
      </button>
    </div>
  )
}
