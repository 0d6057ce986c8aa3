import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { Compass, RefreshCw, ServerOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../sync/api/error.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { useErrorText } from './error-text.ts'

/** The whole app while the session is being looked up. */
export function RoutePending() {
  const { t } = useTranslation('common')
  return (
    <div role="status" aria-label={t('loading')} className="flex h-full items-center justify-center text-muted">
      <Spinner size={22} />
    </div>
  )
}

/** A page that cannot be shown: no server, or code that did not load (an old tab after an update). */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation(['errors', 'common'])
  const errorText = useErrorText()
  const router = useRouter()
  const unreachable = error instanceof ApiError && error.isNetwork
  const again = (): void => {
    if (!(error instanceof ApiError)) location.reload()
    reset()
    void router.invalidate()
  }
  return (
    <div role="alert" className="flex h-full flex-1 flex-col bg-canvas">
      <EmptyState
        icon={unreachable ? ServerOff : RefreshCw}
        title={unreachable ? t('startTitle') : t('paneTitle')}
        action={
          <Button variant="primary" onClick={again}>
            {t('common:retry')}
          </Button>
        }
      >
        {unreachable ? t('startText') : errorText(error)}
      </EmptyState>
    </div>
  )
}

export function NotFound() {
  const { t } = useTranslation(['errors', 'common'])
  return (
    <div className="flex h-full flex-1 flex-col bg-canvas">
      <EmptyState
        icon={Compass}
        title={t('notFoundTitle')}
        action={
          <Link to="/chats" className="font-medium text-accent-text hover:underline">
            {t('toChats')}
          </Link>
        }
      >
        {t('notFoundText')}
      </EmptyState>
    </div>
  )
}
