import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

export interface EmptyStateProps {
  icon: LucideIcon
  title: ReactNode
  /** One or two sentences that say what to do next. */
  children?: ReactNode
  /** One button. */
  action?: ReactNode
}

/** What a pane shows when there is nothing in it: it teaches, with one action. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center px-6 py-12 text-center">
      <span className="flex size-12 items-center justify-center rounded-lg bg-active text-muted">
        <Icon icon={icon} size={22} />
      </span>
      <p className="mt-4 text-title font-semibold text-fg">{title}</p>
      {children ? <p className="mt-1 max-w-88 text-ui text-balance text-muted">{children}</p> : null}
      {action ? <div className="mt-5">{action}</div> : null}
    </div>
  )
}
