import type { IncomingMessage } from 'node:http'
import type { ConnectionOrigin } from '../../../hosts/ws/index.ts'
import { SESSION_COOKIE } from '../session-cookie.ts'

const loopback = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/

/** Reads address and cookie of upgrade requests, trusting the same proxies as the HTTP host. */
export function describeUpgrade(publicUrl: string | undefined): (request: IncomingMessage) => ConnectionOrigin {
  return (request) => ({
    address: addressOf(request, publicUrl !== undefined),
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
    sessionToken: cookieValue(request.headers.cookie, SESSION_COOKIE),
  })
}

/** A proxy on this machine names the client last in X-Forwarded-For; what comes before it is the client's own claim. */
function addressOf(request: IncomingMessage, behindProxy: boolean): string {
  const peer = request.socket.remoteAddress ?? ''
  const forwarded = request.headers['x-forwarded-for']
  if (!behindProxy || !loopback.test(peer) || forwarded === undefined) return peer
  return String(forwarded).split(',').at(-1)?.trim() || peer
}

/** The token is hex, so nothing in it is ever quoted or escaped. */
function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name) return value
  }
  return undefined
}
