import { CheckCheck, CloudOff } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SocketState } from '../../sync/socket/machine.ts'
import { Icon } from '../../ui/icon.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { useConnection } from '../live.ts'
import { useSession } from '../sync-context.tsx'

/** Shorter breaks are nobody's business. */
const QUIET_MS = 2_000
const CAUGHT_UP_MS = 2_500

/** A line at the top, only while the connection is broken, and once when it is back. */
export function ConnectionBar() {
  const { t } = useTranslation('shell')
  const { socket } = useSession()
  const state = useConnection()
  const now = useNow(state.phase !== 'open')
  const shown = isWorthSaying(state, now)
  const caughtUp = useCaughtUp(shown, state.phase === 'open')
  if (!shown && !caughtUp) return <div role="status" className="sr-only" />
  const seconds = state.phase === 'waiting' ? Math.max(0, Math.ceil((state.until - now) / 1000)) : 0
  return (
    <div
      role="status"
      className={`flex min-h-9 shrink-0 animate-fade-in items-center justify-center gap-2 px-4 py-1 text-meta ${
        caughtUp ? 'bg-success-ground text-success' : 'bg-warn-ground text-warn'
      }`}
    >
      {caughtUp ? (
        <>
          <Icon icon={CheckCheck} size={16} />
          {t('caughtUp')}
        </>
      ) : state.phase === 'offline' ? (
        <>
          <Icon icon={CloudOff} size={16} />
          {t('offline')}
        </>
      ) : state.phase === 'waiting' && seconds > 0 ? (
        <>
          <Icon icon={CloudOff} size={16} />
          <span className="tabular">{t('reconnectingIn', { count: seconds })}</span>
          <button
            type="button"
            onClick={() => socket.wake()}
            className="touch-target rounded-sm px-1.5 font-semibold underline underline-offset-2"
          >
            {t('reconnectNow')}
          </button>
        </>
      ) : (
        <>
          <Spinner size={15} />
          {t('reconnecting')}
        </>
      )}
    </div>
  )
}

function isWorthSaying(state: SocketState, now: number): boolean {
  return 'downSince' in state && now - state.downSince >= QUIET_MS
}

/** True for a moment after a break that was shown has ended. */
function useCaughtUp(shown: boolean, open: boolean): boolean {
  const wasShown = useRef(false)
  const [caughtUp, setCaughtUp] = useState(false)
  useEffect(() => {
    if (shown) wasShown.current = true
    if (!open || !wasShown.current) return
    wasShown.current = false
    setCaughtUp(true)
    const timer = setTimeout(() => setCaughtUp(false), CAUGHT_UP_MS)
    return () => clearTimeout(timer)
  }, [shown, open])
  return caughtUp && open
}

/** The time, ticking while it matters. */
function useNow(ticking: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!ticking) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [ticking])
  return now
}
