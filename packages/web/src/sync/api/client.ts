/** Typed HTTP client of the Workspace API: the session cookie authenticates, errors become {@link ApiError}. */
import { ApiError } from './error.ts'
import { type RouteInput, type RouteName, type RouteReply, routes } from './routes.ts'

export interface CallOptions {
  readonly signal?: AbortSignal
  /** Lets the request outlive the page; for small bodies only. */
  readonly keepalive?: boolean
}

type Arguments<N extends RouteName> = [unknown] extends [RouteInput<N>]
  ? [input?: object, options?: CallOptions]
  : [input: RouteInput<N>, options?: CallOptions]

export interface ApiOptions {
  readonly fetch?: typeof globalThis.fetch
  /** Called when a reply says that the session has ended. */
  readonly onUnauthorized?: () => void
}

interface AnyInput {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

export class ApiClient {
  readonly #fetch: typeof globalThis.fetch
  readonly #onUnauthorized: () => void

  constructor(options: ApiOptions = {}) {
    this.#fetch = options.fetch ?? globalThis.fetch.bind(globalThis)
    this.#onUnauthorized = options.onUnauthorized ?? (() => {})
  }

  /** Calls a route by its contract name. Throws {@link ApiError}; an abort throws the signal's reason. */
  async call<N extends RouteName>(name: N, ...[input, options]: Arguments<N>): Promise<RouteReply<N>> {
    const [method, path] = routes[name]
    const { params = {}, query = {}, body } = (input ?? {}) as AnyInput
    const form = body instanceof FormData
    const init: RequestInit = {
      method,
      credentials: 'same-origin',
      headers: body === undefined || form ? {} : { 'content-type': 'application/json' },
    }
    if (body !== undefined) init.body = form ? body : JSON.stringify(body)
    if (options?.signal) init.signal = options.signal
    if (options?.keepalive) init.keepalive = true
    const response = await this.#send(fillPath(path, params) + queryString(query), init)
    if (!response.ok) throw await this.#failure(response, name)
    return (await response.json()) as RouteReply<N>
  }

  async #send(url: string, init: RequestInit): Promise<Response> {
    try {
      return await this.#fetch(url, init)
    } catch (error) {
      if (init.signal?.aborted) throw error
      throw new ApiError(0, 'unreachable', 'The server cannot be reached.')
    }
  }

  async #failure(response: Response, name: RouteName): Promise<ApiError> {
    let message = response.statusText
    let code = `http_${response.status}`
    try {
      const reply = (await response.json()) as { error?: string; code?: string }
      message = reply.error ?? message
      code = reply.code ?? code
    } catch {
      // A proxy's own page instead of our JSON: the status says enough.
    }
    if (response.status === 401 && name !== 'login') this.#onUnauthorized()
    const wait = Number(response.headers.get('retry-after'))
    return new ApiError(response.status, code, message, Number.isFinite(wait) && wait > 0 ? wait : undefined)
  }
}

function fillPath(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ''))
}

function queryString(query: Readonly<Record<string, unknown>>): string {
  const pairs = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value !== undefined) pairs.set(key, String(value))
  const text = pairs.toString()
  return text === '' ? '' : `?${text}`
}
