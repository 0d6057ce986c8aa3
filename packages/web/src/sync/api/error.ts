/** A call that did not end with 200. `status` 0: the server was not reached. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  /** Stable code for programs, when the server gave one. */
  readonly code: string
  /** Seconds to wait, from Retry-After. */
  readonly retryAfter: number | undefined

  constructor(status: number, code: string, message: string, retryAfter?: number) {
    super(message)
    this.status = status
    this.code = code
    this.retryAfter = retryAfter
  }

  /** No reply came: offline, the server is down, or the connection broke. */
  get isNetwork(): boolean {
    return this.status === 0
  }

  /** Repeating the same call later may succeed. */
  get isTransient(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500
  }
}
