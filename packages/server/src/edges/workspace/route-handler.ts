/** Ties a route of the contract to the code that answers it. Handlers get parsed input and return the reply's data. */
import type { Caller } from '@parley/core'
import type { Route } from '@parley/protocol/shared'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'

/** Where a request came from. */
export interface RequestOrigin {
  readonly ip: string
  readonly userAgent: string
}

export interface RouteInput<Params, Query, Body, Who> {
  readonly caller: Who
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly origin: RequestOrigin
  /** The transport, for the few handlers that set cookies or read streams. */
  readonly http: { readonly request: FastifyRequest; readonly reply: FastifyReply }
}

/** A route with its handler; the types of the pair were checked where it was made. */
export interface BoundRoute {
  readonly route: Route
  /** `json` unless the route reads the request's stream itself. */
  readonly bodyType: 'json' | 'multipart'
  handle(input: RouteInput<unknown, unknown, unknown, Caller | undefined>): Promise<unknown>
}

/** What handlers return: the reply's data, not to be changed on its way out. */
export type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T

type Handler<R, Who> =
  R extends Route<infer Params, infer Query, infer Body, infer Reply>
    ? (
        input: RouteInput<z.output<Params>, z.output<Query>, z.output<Body>, Who>,
      ) => Promise<DeepReadonly<z.input<Reply>>>
    : never

interface HandlerOptions {
  readonly bodyType?: BoundRoute['bodyType']
}

/** Implements a route that needs a session. */
export function implement<R extends object>(
  route: R,
  handle: Handler<R, Caller>,
  options: HandlerOptions = {},
): BoundRoute {
  return bind(route, handle, options)
}

/** Implements a route anybody may call. */
export function implementPublic<R extends object>(route: R, handle: Handler<R, undefined>): BoundRoute {
  return bind(route, handle, {})
}

function bind(route: object, handle: unknown, options: HandlerOptions): BoundRoute {
  return {
    route: route as Route,
    bodyType: options.bodyType ?? 'json',
    handle: handle as BoundRoute['handle'],
  }
}
