/** Turns anything thrown into what a client may see. Unexpected errors are logged and answered with an incident number only. */

import { randomUUID } from 'node:crypto'
import { isParleyError, type Logger, type ParleyError } from '@parley/base'
import { hostErrors } from './errors.ts'
import { statusByKind } from './status.ts'

export interface PublicError {
  readonly status: number
  readonly code: string
  readonly error: string
  /** Whole seconds, at least 1. */
  readonly retryAfter: number | undefined
}

/** Maps a {@link ParleyError} by its kind; anything else becomes an incident. */
export function toPublicError(error: unknown, logger: Logger, context: Readonly<Record<string, unknown>>): PublicError {
  if (isParleyError(error) && error.kind !== 'internal') {
    if (error.kind === 'unavailable') logger.warn({ ...context, code: error.code }, 'request refused')
    return describe(error)
  }
  const incident = randomUUID().slice(0, 8)
  logger.error({ ...context, incident, err: error }, 'unexpected error')
  return describe(hostErrors.internal({ details: { incident } }))
}

function describe(error: ParleyError): PublicError {
  const wait = error.retryAfter ?? (error.kind === 'rate_limited' ? 1 : undefined)
  return {
    status: statusByKind[error.kind],
    code: error.code,
    error: error.message,
    retryAfter: wait === undefined ? undefined : Math.max(1, Math.ceil(wait)),
  }
}
