import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../../../i18n/format.ts'

/** Seconds appear only once waiting is felt. */
const SHOW_AFTER_MS = 3_000

/** An answer has begun and nothing of it is there yet. */
export function Thinking({ startedAt }: { startedAt: number }) {
  const { t } = useTranslation('chat')
  const elapsed = useElapsed(startedAt, true)
  return (
    <p className="flex h-6 items-center gap-2 text-ui text-muted">
      <Dots />
      {t('answer.thinking')}
      {elapsed >= SHOW_AFTER_MS ? (
        <span className="tabular text-meta">{formatDuration(Math.floor(elapsed / 1000) * 1000)}</span>
      ) : null}
    </p>
  )
}

/** Three dots breathing one after another. */
export function Dots() {
  return (
    <span aria-hidden="true" className="inline-flex gap-1">
      <span className="dot" />
      <span className="dot dot-2" />
      <span className="dot dot-3" />
    </span>
  )
}

/** Milliseconds since `startedAt`, ticking each second while `active`. */
export function useElapsed(startedAt: number, active: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!active) return
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [active])
  return Math.max(0, now - startedAt)
}
