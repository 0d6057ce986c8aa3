/** Types and URL building for calling a declared route. */
import type { Route } from '@parley/protocol/shared'

/** Any schema a route may hold. */
export type Schema = Route['reply']

type Part<Name extends string, S extends Schema> = undefined extends S['_input']
  ? { readonly [K in Name]?: S['_input'] }
  : { readonly [K in Name]: S['_input'] }

/** The parts of a request a route declares; those it does not declare may be left out. */
export type RouteInput<Params extends Schema, Query extends Schema, Body extends Schema> = Part<'params', Params> &
  Part<'query', Query> &
  Part<'body', Body>

/** `/api/agents/:id` with its parameters and query filled in. */
export function routeUrl(route: Route, params: unknown, query: unknown): string {
  const values = (params ?? {}) as Record<string, string>
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined) search.set(name, String(value))
  }
  return search.size > 0 ? `${path}?${search}` : path
}
