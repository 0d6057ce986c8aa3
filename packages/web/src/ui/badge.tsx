import type { ReactNode } from 'react'
import { cx } from './classes.ts'

const tones = {
  neutral: 'bg-active text-soft',
  accent: 'bg-accent-ground text-accent-text',
  success: 'bg-success-ground text-success',
  warn: 'bg-warn-ground text-warn',
  danger: 'bg-danger-ground text-danger',
} as const

/** A small word about a thing: role, state, kind. */
export function Badge({
  tone = 'neutral',
  children,
  className,
}: {
  tone?: keyof typeof tones
  children: ReactNode
  className?: string
}) {
  return (
    <span
      className={cx(
        'inline-flex h-5 shrink-0 items-center gap-1 rounded-sm px-1.5 text-small font-medium',
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  )
}

/** Number of unread things: filled when somebody is asked for by name, outlined otherwise. `label` says it in words. */
export function CountPill({ count, filled, label }: { count: number; filled: boolean; label: string }) {
  return (
    <span
      className={cx(
        'tabular inline-flex h-5 min-w-5 shrink-0 items-center justify-center rounded-full px-1.5 text-micro font-semibold',
        filled ? 'bg-accent text-on-accent' : 'bg-canvas text-soft ring-1 ring-control ring-inset',
      )}
    >
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="sr-only">{label}</span>
    </span>
  )
}
