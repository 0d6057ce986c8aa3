import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../../../i18n/format.ts'
import { cx } from '../../../ui/classes.ts'
import { Icon } from '../../../ui/icon.tsx'
import { MessageText } from '../message/message-text.tsx'
import { Dots, useElapsed } from './thinking.tsx'

export interface ReasoningProps {
  text: string
  /** How long it took; null while it goes on, or when nobody knows (stored answers). */
  thoughtMs: number | null
  startedAt?: number
  active: boolean
}

/** The model's thoughts, folded away in one line. */
export function Reasoning({ text, thoughtMs, startedAt = 0, active }: ReasoningProps) {
  const { t } = useTranslation('chat')
  const [open, setOpen] = useState(false)
  const elapsed = useElapsed(startedAt, active)
  const label = active
    ? t('answer.thinking')
    : thoughtMs === null
      ? t('answer.thoughts')
      : t('answer.thoughtFor', { duration: formatDuration(thoughtMs) })
  return (
    <div className="my-1">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="-ml-1.5 flex min-h-7 items-center gap-1.5 rounded-sm px-1.5 text-ui text-muted transition-colors hover:bg-hover hover:text-fg pointer-coarse:min-h-10"
      >
        <Icon icon={ChevronRight} size={15} className={cx('transition-transform', open && 'rotate-90')} />
        {active ? <Dots /> : null}
        {label}
        {active ? <span className="tabular text-meta">{formatDuration(Math.floor(elapsed / 1000) * 1000)}</span> : null}
      </button>
      {open ? (
        <div className="reasoning-text mt-1 mb-2 ml-1 border-l-2 border-line-strong pl-3.5 text-ui text-soft">
          <MessageText text={text} streaming={active} />
        </div>
      ) : null}
    </div>
  )
}
