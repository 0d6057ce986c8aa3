/** The one map from error kinds to HTTP statuses; `error` frames carry the same numbers. */
import type { ErrorKind } from '@parley/base'

export const statusByKind: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  rate_limited: 429,
  too_large: 413,
  unsupported: 501,
  unavailable: 503,
  internal: 500,
}
