/** The routes of the app. Pages are loaded when first visited; each page file belongs to its feature. */

import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import type { Sync } from '../sync/sync.ts'
import { meQuery } from './queries.ts'
import { NotFound, RouteError, RoutePending } from './route-states.tsx'
import { Shell } from './shell/shell.tsx'

export interface RouterContext {
  readonly sync: Sync
  readonly queryClient: QueryClient
}

const rootRoute = createRootRouteWithContext<RouterContext>()({ notFoundComponent: NotFound })

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search.next === 'string' ? { next: search.next } : {},
  component: lazyRouteComponent(() => import('../features/login/login-page.tsx'), 'LoginPage'),
})

/** Everything that needs a session. */
const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    try {
      const { user } = await context.queryClient.ensureQueryData(meQuery(context.sync.api))
      context.sync.start(user.id)
    } catch (error) {
      if ((error as { status?: number }).status !== 401) throw error
      throw redirect({ to: '/login', search: location.href === '/' ? {} : { next: location.href } })
    }
  },
  component: Shell,
  errorComponent: RouteError,
  pendingComponent: RoutePending,
})

const indexRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/chats' })
  },
})

const chatPage = () => import('../features/chats/chats-page.tsx')

const chatsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/chats',
  component: lazyRouteComponent(chatPage, 'ChatsPage'),
})
const channelRoute = createRoute({
  getParentRoute: () => chatsRoute,
  path: '$channelId',
  /** `m`: a message to jump to and highlight. */
  validateSearch: (search: Record<string, unknown>): { m?: string } =>
    typeof search.m === 'string' ? { m: search.m } : {},
})

const agentsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/agents',
  component: lazyRouteComponent(() => import('../features/agents/agents-page.tsx'), 'AgentsPage'),
})
/** `new` in place of an id opens the form for a new agent. */
const agentRoute = createRoute({ getParentRoute: () => agentsRoute, path: '$agentId' })

const peopleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/people',
  component: lazyRouteComponent(() => import('../features/people/people-page.tsx'), 'PeoplePage'),
})
const personRoute = createRoute({ getParentRoute: () => peopleRoute, path: '$personId' })

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
})
const settingsSectionRoute = createRoute({ getParentRoute: () => settingsRoute, path: '$section' })

const routeTree = rootRoute.addChildren([
  loginRoute,
  shellRoute.addChildren([
    indexRoute,
    chatsRoute.addChildren([channelRoute]),
    agentsRoute.addChildren([agentRoute]),
    peopleRoute.addChildren([personRoute]),
    settingsRoute.addChildren([settingsSectionRoute]),
  ]),
])

export function makeRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    context,
    defaultPreload: 'intent',
    defaultErrorComponent: RouteError,
    defaultPendingMs: 300,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
