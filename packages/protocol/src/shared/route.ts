/**
 * One HTTP route as data: the server registers it, OpenAPI documents it, clients derive their types from it.
 * The file of a route is `protocol/src/<dialect>/<area>/<route>.ts`; its handler has the same tail in `server/src/edges/<dialect>/routes/`.
 */
import type { z } from 'zod'

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** The least role that may call a route; `public` needs no session. */
export type RouteAccess = 'public' | 'guest' | 'member' | 'admin' | 'owner'

export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  readonly method: HttpMethod
  /** Fastify-style path, e.g. `/api/agents/:id`. */
  readonly path: string
  readonly summary: string
  readonly tag: string
  readonly access: RouteAccess
  /** True where the documented API (spec/workspace §1.2) does not name the route. */
  readonly extension?: boolean
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  /** Shape of the 200 reply. */
  readonly reply: Reply
  /** Statuses besides 200 the route can answer; each carries `{"error": string}`. */
  readonly failures: readonly number[]
}

/** Declares a route; only fixes the types. */
export function defineRoute<
  Reply extends z.ZodType,
  Params extends z.ZodType = z.ZodType<undefined>,
  Query extends z.ZodType = z.ZodType<undefined>,
  Body extends z.ZodType = z.ZodType<undefined>,
>(route: Route<Params, Query, Body, Reply>): Route<Params, Query, Body, Reply> {
  return route
}
