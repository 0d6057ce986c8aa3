import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './classes.ts'
import { Icon } from './icon.tsx'

const looks: Record<'info' | 'success' | 'warn' | 'danger', { icon: LucideIcon; className: string; mark: string }> = {
  info: { icon: Info, className: 'bg-hover text-soft', mark: 'text-muted' },
  success: { icon: CircleCheck, className: 'bg-success-ground text-success', mark: 'text-success' },
  warn: { icon: TriangleAlert, className: 'bg-warn-ground text-warn', mark: 'text-warn' },
  danger: { icon: CircleAlert, className: 'bg-danger-ground text-danger', mark: 'text-danger' },
}

/** An explaining or warning block within a page. */
export function Callout({
  tone = 'info',
  title,
  children,
  action,
}: {
  tone?: keyof typeof looks
  title?: ReactNode
  children?: ReactNode
  action?: ReactNode
}) {
  const look = looks[tone]
  return (
    <div className={cx('flex items-start gap-3 rounded-md px-3.5 py-3 text-ui', look.className)}>
      <Icon icon={look.icon} size={18} className={cx('mt-px', look.mark)} />
      <div className="min-w-0 flex-1">
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div className={title ? 'mt-0.5' : ''}>{children}</div> : null}
        {action ? <div className="mt-2.5">{action}</div> : null}
      </div>
    </div>
  )
}
