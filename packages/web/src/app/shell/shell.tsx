import { Outlet, useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { FallbackBoundary } from '../../ui/fallback-boundary.tsx'
import { useLayout } from '../layout.ts'
import { PaneBoundary } from '../pane-boundary.tsx'
import { RoutePending } from '../route-states.tsx'
import { SessionProvider, useMaybeSession } from '../sync-context.tsx'
import { ConnectionBar } from './connection-bar.tsx'
import { Overlays } from './overlays.tsx'
import { Rail } from './rail.tsx'
import { TabBar } from './tab-bar.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import { useTitleBadge } from './use-title-badge.ts'

const Notifier = lazy(() => import('../../features/settings/notifications/notifier.tsx'))

/** The frame of the app around its pages, for a logged-in person. */
export function Shell() {
  const session = useMaybeSession()
  if (session === null) return <RoutePending />
  return (
    <SessionProvider value={session}>
      <Frame />
    </SessionProvider>
  )
}

function Frame() {
  const layout = useLayout()
  const params = useParams({ strict: false })
  const inside = 'channelId' in params || 'agentId' in params || 'personId' in params || 'section' in params
  useShortcuts()
  useTitleBadge()
  return (
    <div className="flex h-dvh flex-col bg-subtle pr-[env(safe-area-inset-right)] pl-[env(safe-area-inset-left)]">
      <ConnectionBar />
      <div className="relative flex min-h-0 flex-1">
        {layout === 'narrow' ? null : <Rail />}
        <PaneBoundary>
          <Outlet />
        </PaneBoundary>
      </div>
      {layout === 'narrow' && !inside ? <TabBar /> : null}
      <Overlays />
      <FallbackBoundary fallback={null}>
        <Suspense fallback={null}>
          <Notifier />
        </Suspense>
      </FallbackBoundary>
    </div>
  )
}
