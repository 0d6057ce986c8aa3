/** A WebSocket client that costs the generator little: frames are looked at as text, parsed only when somebody asks. */
import type { ServerFrame } from '@parley/protocol/workspace'
import { WebSocket } from '@parley/testkit'

export class LoadSocket {
  /** Called with the text of every frame. */
  onText: (text: string) => void = () => {}
  readonly #ws: WebSocket
  #bytesRead: () => number = () => 0

  private constructor(ws: WebSocket) {
    this.#ws = ws
    ws.on('upgrade', (response) => {
      this.#bytesRead = () => response.socket.bytesRead
    })
    ws.on('message', (data: Buffer) => this.onText(data.toString('latin1')))
    ws.on('error', () => {})
  }

  /** Connects and authenticates with the session cookie. */
  static async open(baseUrl: string, cookie: string): Promise<LoadSocket> {
    const ws = new WebSocket(`${baseUrl.replace(/^http/, 'ws')}/ws`, { perMessageDeflate: false, headers: { cookie } })
    const socket = new LoadSocket(ws)
    await new Promise<void>((resolve, reject) => {
      ws.once('open', resolve)
      ws.once('error', reject)
    })
    socket.send('{"type":"auth"}')
    await socket.frame((frame) => frame.type === 'auth_ok')
    return socket
  }

  /** Bytes read from the connection, with WebSocket framing. */
  get bytes(): number {
    return this.#bytesRead()
  }

  send(text: string): void {
    this.#ws.send(text)
  }

  async subscribe(channelId: string): Promise<void> {
    const answer = this.frame((frame) => frame.type === 'subscribed')
    this.send(JSON.stringify({ type: 'subscribe', channelId }))
    await answer
  }

  /** The first frame from now on for which `test` holds. */
  frame(test: (frame: ServerFrame) => boolean, timeout = 60_000): Promise<ServerFrame> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer)
        this.#ws.off('message', listener)
        this.#ws.off('close', closed)
      }
      const closed = (code: number): void => {
        stop()
        reject(new Error(`The socket closed with ${code}`))
      }
      const timer = setTimeout(() => {
        stop()
        reject(new Error(`No such frame within ${timeout} ms: ${test}`))
      }, timeout)
      const listener = (data: Buffer): void => {
        const frame = JSON.parse(data.toString('utf8')) as ServerFrame
        if (frame.type === 'error') {
          stop()
          reject(new Error(`${frame.code} ${frame.error}`))
        } else if (test(frame)) {
          stop()
          resolve(frame)
        }
      }
      this.#ws.on('message', listener)
      this.#ws.once('close', closed)
    })
  }

  [Symbol.dispose](): void {
    this.#ws.terminate()
  }
}
