import { Check } from 'lucide-react'
import { cx } from './classes.ts'
import { Icon } from './icon.tsx'

/** The drawn box of a checkbox; the row around it carries role and state. */
export function CheckMark({ checked }: { checked: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        'inline-flex size-5 shrink-0 items-center justify-center rounded-sm border transition-colors',
        checked ? 'border-accent bg-accent text-on-accent' : 'border-control bg-canvas',
      )}
    >
      {checked ? <Icon icon={Check} size={14} /> : null}
    </span>
  )
}
