import type { LucideIcon } from 'lucide-react'
import { cx } from './classes.ts'

/** A lucide icon in our stroke. Decorative: the control around it carries the name. */
export function Icon({
  icon: Glyph,
  size = 18,
  className,
}: {
  icon: LucideIcon
  size?: number
  className?: string | undefined
}) {
  return (
    <Glyph aria-hidden="true" focusable="false" size={size} strokeWidth={1.75} className={cx('shrink-0', className)} />
  )
}
