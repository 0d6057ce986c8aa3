import type { Session } from '@parley/protocol/workspace'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type LucideIcon, Monitor, ServerOff, Smartphone, SquareTerminal, Tablet } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../app/error-text.ts'
import { queryKeys } from '../../../app/queries.ts'
import { useApi } from '../../../app/sync-context.tsx'
import { formatDateTime, formatRelative } from '../../../i18n/format.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { toast } from '../../../ui/toast.tsx'
import { SettingsGroup } from '../settings-group.tsx'
import { type Device, deviceOf } from './device.ts'

/** Where one is logged in, and ending it there. */
export function SessionsSection() {
  const { t } = useTranslation(['settings', 'common'])
  const api = useApi()
  const errorText = useErrorText()
  const { data, isPending, error, refetch } = useQuery({
    queryKey: queryKeys.sessions,
    queryFn: async ({ signal }) => (await api.call('listSessions', {}, { signal })).sessions,
    // Nobody announces sessions: they are read anew whenever the page is opened.
    staleTime: 0,
  })
  if (isPending) return <SkeletonRows count={3} />
  if (!data) {
    return (
      <EmptyState
        icon={ServerOff}
        title={t('sessions.failed')}
        action={<Button onClick={() => void refetch()}>{t('common:retry')}</Button>}
      >
        {errorText(error)}
      </EmptyState>
    )
  }
  const sorted = data.toSorted(
    (a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt.localeCompare(a.lastSeenAt),
  )
  const others = sorted.filter((session) => !session.current)
  return (
    <SettingsGroup
      title={t('sessions.title')}
      note={t('sessions.note')}
      action={others.length > 1 ? <EndOthers sessions={others} /> : null}
    >
      <ul className="flex flex-col rounded-md border border-line">
        {sorted.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
    </SettingsGroup>
  )
}

const icons: Record<Device['kind'], LucideIcon> = {
  phone: Smartphone,
  tablet: Tablet,
  computer: Monitor,
  program: SquareTerminal,
}

function SessionRow({ session }: { session: Session }) {
  const { t } = useTranslation('settings')
  const end = useEndSessions()
  const device = deviceOf(session.userAgent)
  const name =
    device.browser !== null && device.system !== null
      ? t('sessions.device', { browser: device.browser, system: device.system })
      : (device.browser ?? device.system ?? t('sessions.unknown'))
  return (
    <li className="flex flex-wrap items-center gap-3 border-line px-3.5 py-3 not-last:border-b">
      <Icon icon={icons[device.kind]} size={20} className="text-muted" />
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-2">
          <span className="text-ui font-medium text-fg" title={session.userAgent}>
            {name}
          </span>
          {session.current ? <Badge tone="accent">{t('sessions.current')}</Badge> : null}
        </span>
        <span className="block text-meta text-muted">
          <span className="tabular">{session.ip}</span>
          {' · '}
          <time dateTime={session.lastSeenAt} title={formatDateTime(session.lastSeenAt)}>
            {session.current ? t('sessions.now') : t('sessions.seen', { when: formatRelative(session.lastSeenAt) })}
          </time>
          {' · '}
          {t('sessions.since', { when: formatDateTime(session.createdAt) })}
        </span>
      </span>
      {session.current ? null : (
        <Button size="sm" busy={end.isPending} onClick={() => end.mutate([session])}>
          {t('sessions.end')}
        </Button>
      )}
    </li>
  )
}

function EndOthers({ sessions }: { sessions: readonly Session[] }) {
  const { t } = useTranslation('settings')
  const [asking, setAsking] = useState(false)
  const end = useEndSessions()
  return (
    <>
      <Button size="sm" variant="danger-quiet" onClick={() => setAsking(true)}>
        {t('sessions.endOthers')}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('sessions.endOthersTitle', { count: sessions.length })}
        description={t('sessions.endOthersText')}
        confirmLabel={t('sessions.endOthers')}
        onConfirm={async () => {
          await end.mutateAsync(sessions)
        }}
      />
    </>
  )
}

/** Ends sessions one after another; one that is gone already counts as ended. */
function useEndSessions() {
  const { t } = useTranslation('settings')
  const api = useApi()
  const queryClient = useQueryClient()
  const errorText = useErrorText()
  return useMutation({
    mutationFn: async (sessions: readonly Session[]) => {
      for (const { id } of sessions) {
        try {
          await api.call('revokeSession', { params: { id } })
        } catch (error) {
          if ((error as { status?: number }).status !== 404) throw error
        }
      }
    },
    onSuccess: (_, sessions) => toast({ tone: 'success', message: t('sessions.ended', { count: sessions.length }) }),
    onError: (error) => toast({ tone: 'danger', message: errorText(error) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.sessions }),
  })
}
