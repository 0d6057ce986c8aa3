import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ParleyError } from '@parley/base'
import { statusByKind } from '../status.ts'

/** Answers an upgrade request with a plain HTTP error and closes. */
export function refuseUpgrade(socket: Duplex, error: ParleyError): void {
  const status = statusByKind[error.kind]
  const body = JSON.stringify({ error: error.message, code: error.code })
  const headers = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    ...(error.retryAfter === undefined ? [] : [`Retry-After: ${Math.ceil(error.retryAfter)}`]),
  ]
  socket.end(`${headers.join('\r\n')}\r\n\r\n${body}`)
}
