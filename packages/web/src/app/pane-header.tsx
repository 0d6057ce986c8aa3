import { useNavigate } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../ui/classes.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { useLayout } from './layout.ts'

export interface PaneHeaderProps {
  title: ReactNode
  /** Quiet line under the title. */
  subtitle?: ReactNode
  /** In front of the title, e.g. an avatar. */
  leading?: ReactNode
  /** Buttons at the right edge. */
  actions?: ReactNode
  /** Path of the list to go back to on a phone. */
  backTo?: '/chats' | '/agents' | '/people' | '/settings'
  /** `list` panes have a larger title and no line below. */
  kind?: 'list' | 'main'
}

/** Header of a pane, 56 px high so that neighbours align. */
export function PaneHeader({ title, subtitle, leading, actions, backTo, kind = 'main' }: PaneHeaderProps) {
  const { t } = useTranslation('common')
  const navigate = useNavigate()
  const narrow = useLayout() === 'narrow'
  const back = narrow && backTo
  return (
    <header
      className={cx(
        'flex h-14 shrink-0 items-center gap-3 pt-[env(safe-area-inset-top)]',
        kind === 'list' ? 'pr-2 pl-4' : 'border-b border-line pr-2',
        kind === 'main' && (back ? 'pl-2' : 'pl-4 md:pl-5'),
      )}
    >
      {back ? (
        <IconButton
          icon={ArrowLeft}
          label={t('back')}
          onClick={() => void navigate({ to: backTo })}
          className="-mr-1"
        />
      ) : null}
      {leading}
      <div className="min-w-0 flex-1">
        <h1
          className={cx(
            'truncate font-semibold text-fg',
            kind === 'list' ? 'text-[18px] leading-6' : 'text-body leading-5',
          )}
        >
          {title}
        </h1>
        {subtitle ? <div className="truncate text-small text-muted">{subtitle}</div> : null}
      </div>
      {actions ? <div className="flex shrink-0 items-center gap-0.5">{actions}</div> : null}
    </header>
  )
}
