import { isParleyError, type ParleyError } from '@parley/base'
import { storeErrors } from '@parley/core/ports'

/** An error as it crosses the thread boundary. */
export interface WireError {
  readonly code: keyof typeof storeErrors
  readonly details?: Readonly<Record<string, string | number | boolean>>
  /** For the log only, never for a reply. */
  readonly cause?: string
}

/**
 * `unit`: this unit's own fault. `batch`: the engine could not work now (disk full, locked), nothing of the batch is stored.
 * `fatal`: what is on disk is uncertain, so no further write may be accepted.
 */
export interface Failure {
  readonly scope: 'unit' | 'batch' | 'fatal'
  readonly error: WireError
}

const CONFLICT = /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|ROWID|FOREIGNKEY)$/
const MALFORMED = /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE)/
const PASSING = /^SQLITE_(BUSY|LOCKED|FULL|NOMEM|INTERRUPT|ABORT)/

/** Sorts whatever was thrown while a unit was applied or a batch committed. */
export function classify(thrown: unknown): Failure {
  if (isParleyError(thrown) && thrown.code in storeErrors) {
    return { scope: 'unit', error: { code: thrown.code as WireError['code'], details: thrown.details } }
  }
  const cause = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  const code = sqliteCode(thrown)
  if (code === undefined) {
    // The statement layer throws these for values of a wrong type, and so does reading a field of a missing record.
    if (!(thrown instanceof TypeError || thrown instanceof RangeError)) {
      return { scope: 'unit', error: { code: 'store_failed', cause } }
    }
    const details = { reason: 'a field is missing or has a wrong type' }
    return { scope: 'unit', error: { code: 'write_invalid', details, cause } }
  }
  if (CONFLICT.test(code)) return { scope: 'unit', error: { code: 'write_conflict', cause } }
  if (MALFORMED.test(code)) {
    return { scope: 'unit', error: { code: 'write_invalid', details: { reason: 'a value is not allowed' }, cause } }
  }
  if (PASSING.test(code)) return { scope: 'batch', error: { code: 'store_unavailable', cause: `${code} ${cause}` } }
  if (code === 'SQLITE_ERROR') return { scope: 'unit', error: { code: 'store_failed', cause } }
  return { scope: 'fatal', error: { code: 'store_unavailable', cause: `${code} ${cause}` } }
}

/** The declared error again, on the other side. */
export function revive(error: WireError): ParleyError {
  const create = storeErrors[error.code]
  return create({
    ...(error.details && { details: error.details }),
    ...(error.cause !== undefined && { cause: new Error(error.cause) }),
  })
}

function sqliteCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined
  return typeof thrown.code === 'string' && thrown.code.startsWith('SQLITE') ? thrown.code : undefined
}
