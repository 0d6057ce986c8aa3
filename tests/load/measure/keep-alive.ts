/**
 * HTTP over kept raw connections. What `fetch` or `node:http` spend on a call would be measured as the server's; this one
 * understands only what the server under test sends: a status line, a content-length, a body.
 */
import { connect, type Socket } from 'node:net'

export interface LeanReply {
  readonly status: number
  readonly text: string
}

interface Waiting {
  readonly resolve: (reply: LeanReply) => void
  readonly reject: (error: Error) => void
}

export class KeepAlive implements Disposable {
  readonly #head: string
  readonly #idle: Line[] = []
  readonly #lines: Line[] = []

  /** `connections` requests may be under way at once; the caller sees to it that there are never more. */
  constructor(baseUrl: string, cookie: string, connections: number) {
    const { host, port } = new URL(baseUrl)
    this.#head = `Host: ${host}\r\nCookie: ${cookie}\r\n`
    for (let i = 0; i < connections; i++) this.#lines.push(new Line(Number(port)))
    this.#idle.push(...this.#lines)
  }

  post(path: string, body: string): Promise<LeanReply> {
    const length = Buffer.byteLength(body)
    const head = `POST ${path} HTTP/1.1\r\n${this.#head}Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`
    return this.#send(head + body)
  }

  get(path: string): Promise<LeanReply> {
    return this.#send(`GET ${path} HTTP/1.1\r\n${this.#head}\r\n`)
  }

  [Symbol.dispose](): void {
    for (const line of this.#lines) line.socket.destroy()
  }

  async #send(request: string): Promise<LeanReply> {
    const line = this.#idle.pop()
    if (line === undefined) throw new Error('More requests at once than connections')
    const reply = await line.send(request)
    this.#idle.push(line)
    return reply
  }
}

class Line {
  readonly socket: Socket
  #waiting: Waiting | undefined
  #received: Buffer = Buffer.alloc(0)

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1').setNoDelay(true)
    this.socket.on('data', (data) => this.#onData(data))
    this.socket.on('error', (error) => this.#waiting?.reject(error))
    this.socket.on('close', () => this.#waiting?.reject(new Error('The server closed the connection')))
  }

  send(request: string): Promise<LeanReply> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.socket.write(request)
    })
  }

  #onData(data: Buffer): void {
    this.#received = this.#received.length === 0 ? data : Buffer.concat([this.#received, data])
    const end = this.#received.indexOf('\r\n\r\n')
    if (end === -1) return
    const head = this.#received.toString('latin1', 0, end)
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
    if (this.#received.length < end + 4 + length) return
    const reply = {
      status: Number(head.slice(9, 12)),
      text: this.#received.toString('utf8', end + 4, end + 4 + length),
    }
    this.#received = Buffer.alloc(0)
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve(reply)
  }
}
