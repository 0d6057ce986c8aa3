import type { Duplex } from 'node:stream'
import type { ParleyError } from '@parley/base'
import { statusByKind } from '../status.ts'

/**
 * Reason phrases of the statuses used here. Not `STATUS_CODES` of node:http: importing that module as ESM reads all its
 * exports, one of which loads an HTTP client, 25 ms and some megabytes that a start can do without.
 */
const reasons: Readonly<Record<number, string>> = {
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
}

/** Answers an upgrade request with a plain HTTP error and closes. */
export function refuseUpgrade(socket: Duplex, error: ParleyError): void {
  const status = statusByKind[error.kind]
  const body = JSON.stringify({ error: error.message, code: error.code })
  const headers = [
    `HTTP/1.1 ${status} ${reasons[status] ?? ''}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    ...(error.retryAfter === undefined ? [] : [`Retry-After: ${Math.ceil(error.retryAfter)}`]),
  ]
  socket.end(`${headers.join('\r\n')}\r\n\r\n${body}`)
}
