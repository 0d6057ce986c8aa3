/** A TCP proxy whose line a test can cut, stall or leave half-open. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

interface Line {
  readonly client: Socket
  readonly upstream: Socket
}

/** `pass` forwards; `stall` accepts and forwards nothing; `refuse` resets new connections. */
export type LineMode = 'pass' | 'stall' | 'refuse'

export class TcpProxy {
  readonly port: number
  /** Connections accepted so far. */
  accepted = 0
  /** Bytes forwarded to clients. */
  bytesDown = 0
  readonly #server: Server
  readonly #lines = new Set<Line>()
  #mode: LineMode = 'pass'
  #cutAfter = Number.POSITIVE_INFINITY

  private constructor(server: Server, upstreamPort: number) {
    this.#server = server
    this.port = (server.address() as AddressInfo).port
    server.on('connection', (client) => this.#accept(client, upstreamPort))
  }

  /** Listens on a free loopback port in front of `upstreamPort`. */
  static async start(upstreamPort: number): Promise<TcpProxy> {
    const server = createServer({ allowHalfOpen: true })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new TcpProxy(server, upstreamPort)
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Open connections. */
  get open(): number {
    return this.#lines.size
  }

  mode(mode: LineMode): void {
    this.#mode = mode
    for (const { client, upstream } of this.#lines) {
      if (mode === 'stall') {
        client.pause()
        upstream.pause()
      } else {
        client.resume()
        upstream.resume()
      }
    }
  }

  /** Resets every open connection on both sides. */
  cut(): void {
    for (const { client, upstream } of this.#lines) {
      client.resetAndDestroy()
      upstream.resetAndDestroy()
    }
    this.#lines.clear()
  }

  /** Resets both sides once `bytes` more bytes went to clients. */
  cutAfter(bytes: number): void {
    this.#cutAfter = this.bytesDown + bytes
  }

  /** The server loses its clients while the clients notice nothing, like a router that forgot the connection. */
  loseUpstream(): void {
    for (const { upstream } of this.#lines) upstream.resetAndDestroy()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #accept(client: Socket, upstreamPort: number): void {
    this.accepted++
    client.on('error', () => {})
    if (this.#mode === 'refuse') {
      client.resetAndDestroy()
      return
    }
    const upstream = connect({ port: upstreamPort, host: '127.0.0.1', allowHalfOpen: true })
    const line: Line = { client, upstream }
    this.#lines.add(line)
    upstream.on('error', () => {})
    client.on('data', (data) => upstream.write(data))
    client.on('end', () => upstream.end())
    upstream.on('data', (data) => this.#down(line, data))
    upstream.on('end', () => client.end())
    client.on('close', () => {
      upstream.destroy()
      this.#lines.delete(line)
    })
    if (this.#mode === 'stall') this.mode('stall')
  }

  #down(line: Line, data: Buffer): void {
    const room = this.#cutAfter - this.bytesDown
    this.bytesDown += data.length
    if (data.length < room) {
      line.client.write(data)
      return
    }
    line.client.write(data.subarray(0, Math.max(0, room)), () => this.cut())
    this.#cutAfter = Number.POSITIVE_INFINITY
  }
}
