/** Structured log on standard error. Bodies, keys and cookies never get here; the redaction is the second lock. */
import type { Logger } from '@parley/base'
import { pino } from 'pino'

const secretFields = [
  'password',
  'token',
  'apiKey',
  'accessKey',
  'ownerKey',
  'secret',
  'authorization',
  'cookie',
  'content',
  'body',
]

/** A pino logger at `level`, writing JSON lines to `destination` (a file descriptor). */
export function createLogger(level: string, destination = 2): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
        censor: '[hidden]',
      },
      serializers: { err: (error: unknown) => serializeError(error) },
    },
    pino.destination({ fd: destination, sync: true }),
  )
}

/** Errors of libraries carry whole requests as properties; only what locates the fault is kept. */
function serializeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return String(error)
  const { code } = error as { code?: unknown }
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    stack: error.stack,
    ...(error.cause === undefined || depth > 2 ? {} : { cause: serializeError(error.cause, depth + 1) }),
  }
}
