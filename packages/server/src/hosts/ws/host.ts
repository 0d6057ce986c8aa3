/** The WebSocket host on `/ws`: upgrade checks, limits, heartbeats, back-pressure, orderly close. */

import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Logger } from '@parley/base'
import { type WebSocket, WebSocketServer } from 'ws'
import { hostErrors } from '../errors.ts'
import { isSameOrigin } from '../same-origin.ts'
import { Connection, type ConnectionOrigin } from './connection.ts'
import { ConnectionCounter } from './connection-counter.ts'
import { chooseDialect, type Dialect, type DialectSession } from './dialect.ts'
import { FlushQueue } from './flush-queue.ts'
import { Heartbeat } from './heartbeat.ts'
import type { SocketLimits } from './limits.ts'
import { refuseUpgrade } from './refuse-upgrade.ts'

export interface WsHostOptions {
  readonly path: string
  readonly logger: Logger
  readonly limits: SocketLimits
  readonly publicUrl: string | undefined
  /** Address and cookie of an upgrade request; knows which proxies to trust. */
  readonly describe: (request: IncomingMessage) => ConnectionOrigin
  /** The first one is spoken when the first frame names none, or none comes in time. */
  readonly dialects: readonly Dialect[]
}

export class WsHost implements AsyncDisposable {
  readonly #options: WsHostOptions
  readonly #server: WebSocketServer
  readonly #heartbeat: Heartbeat
  readonly #flushQueue = new FlushQueue()
  readonly #addresses: ConnectionCounter
  #draining = false

  constructor(options: WsHostOptions) {
    this.#options = options
    this.#server = new WebSocketServer({
      noServer: true,
      perMessageDeflate: false,
      maxPayload: options.limits.maxFrame,
      clientTracking: true,
    })
    this.#heartbeat = new Heartbeat(options.limits.heartbeat)
    this.#addresses = new ConnectionCounter(options.limits.perAddress)
  }

  /** Number of open sockets. */
  get size(): number {
    return this.#server.clients.size
  }

  /** Takes upgrades of `server` from now on. */
  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket as Socket, head))
  }

  #upgrade(request: IncomingMessage, transport: Socket, head: Buffer): void {
    transport.on('error', () => transport.destroy())
    const path = request.url?.split('?', 1)[0]
    if (path !== this.#options.path) {
      const details = { method: 'WebSocket', path: (path ?? '').slice(0, 200) }
      return refuseUpgrade(transport, hostErrors.route_unknown({ details }))
    }
    if (this.#draining) return refuseUpgrade(transport, hostErrors.draining({ retryAfter: 2 }))
    if (!isSameOrigin(originHeaders(request), this.#options.publicUrl)) {
      return refuseUpgrade(transport, hostErrors.origin_refused())
    }
    const origin = this.#options.describe(request)
    if (!this.#addresses.take(origin.address)) {
      return refuseUpgrade(transport, hostErrors.too_many_connections({ retryAfter: 10 }))
    }
    transport.once('close', () => this.#addresses.release(origin.address))
    this.#server.handleUpgrade(request, transport, head, (socket) => this.#open(socket, transport, origin))
  }

  #open(socket: WebSocket, transport: Socket, origin: ConnectionOrigin): void {
    const { limits, dialects, logger } = this.#options
    transport.setNoDelay(true)
    const connection = new Connection(socket, transport, origin, this.#flushQueue, limits.highWater)
    let session: DialectSession | undefined
    const start = (firstFrame: string): DialectSession => {
      clearTimeout(silence)
      session = chooseDialect(dialects, firstFrame).open(connection)
      return session
    }
    // A socket that says nothing still needs a session: its deadline to authenticate runs there.
    const silence = setTimeout(() => start(''), limits.authDeadline)
    this.#heartbeat.watch(socket, transport)
    socket.on('message', (data: Buffer) => {
      const text = data.toString('utf8')
      const current = session ?? start(text)
      current.receive(text)
    })
    transport.on('drain', () => {
      if (connection.noteDrained()) session?.drained()
    })
    socket.on('error', (error) => logger.debug({ code: (error as NodeJS.ErrnoException).code }, 'socket error'))
    socket.once('close', () => {
      clearTimeout(silence)
      this.#heartbeat.forget(socket)
      session?.closed()
    })
  }

  /** Refuses new sockets and closes the open ones with 1012; the rest is cut after `graceMs`. */
  async close(graceMs: number): Promise<void> {
    this.#draining = true
    const open = [...this.#server.clients]
    const gone = Promise.all(
      open.map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()))),
    )
    for (const socket of open) socket.close(1012, 'The server restarts.')
    const cut = setTimeout(() => {
      for (const socket of open) socket.terminate()
    }, graceMs)
    await gone
    clearTimeout(cut)
    this.#heartbeat[Symbol.dispose]()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close(0)
  }
}

function originHeaders(request: IncomingMessage): Parameters<typeof isSameOrigin>[0] {
  return { host: request.headers.host, origin: request.headers.origin }
}
