/** A lean HTTP client over kept connections: what `fetch` spends per call would be measured as the server's. */
import { Agent, request } from 'node:http'

export interface LeanReply {
  readonly status: number
  readonly text: string
}

export class KeepAlive implements Disposable {
  readonly #agent: Agent
  readonly #port: number
  readonly #cookie: string

  constructor(baseUrl: string, cookie: string, connections: number) {
    this.#port = Number(new URL(baseUrl).port)
    this.#cookie = cookie
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections })
  }

  post(path: string, body: string): Promise<LeanReply> {
    return this.#send('POST', path, body)
  }

  get(path: string): Promise<LeanReply> {
    return this.#send('GET', path, undefined)
  }

  [Symbol.dispose](): void {
    this.#agent.destroy()
  }

  #send(method: string, path: string, body: string | undefined): Promise<LeanReply> {
    return new Promise((resolve, reject) => {
      const headers: Record<string, string | number> = { cookie: this.#cookie }
      if (body !== undefined) {
        headers['content-type'] = 'application/json'
        headers['content-length'] = Buffer.byteLength(body)
      }
      const call = request(
        { host: '127.0.0.1', port: this.#port, agent: this.#agent, method, path, headers },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('end', () => {
            resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') })
          })
          response.on('error', reject)
        },
      )
      call.on('error', reject)
      call.end(body)
    })
  }
}
