import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { type Ack, type LoadOptions, parseAck } from './load.ts'

const PROGRAM = new URL('./append-under-load.ts', import.meta.url)

/** A running child and what it has acknowledged so far. Disposing kills it. */
export class AppendingChild implements AsyncDisposable {
  readonly acks: Ack[] = []
  readonly #process: ChildProcess
  readonly #ended: Promise<unknown>
  #ready = false
  #errors = ''
  #onLine: (() => void) | undefined

  constructor(options: LoadOptions) {
    this.#process = spawn(process.execPath, [PROGRAM.pathname, JSON.stringify(options)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const lines = createInterface({ input: this.#process.stdout as NodeJS.ReadableStream })
    lines.on('line', (line) => this.#hear(line))
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      this.#errors += chunk.toString()
    })
    this.#ended = Promise.all([once(this.#process, 'exit'), once(lines, 'close')])
  }

  /** Rejects when the child ends by itself before that. */
  async untilReady(): Promise<void> {
    await this.#until(() => this.#ready)
  }

  async untilAcks(count: number): Promise<void> {
    await this.#until(() => this.acks.length >= count)
  }

  /** SIGKILL; resolves when every line it has written is read. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.#ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill()
  }

  #hear(line: string): void {
    if (line === 'ready') this.#ready = true
    const ack = parseAck(line)
    if (ack) this.acks.push(ack)
    this.#onLine?.()
  }

  async #until(reached: () => boolean): Promise<void> {
    const heard = new Promise<void>((resolve) => {
      this.#onLine = () => {
        if (reached()) resolve()
      }
      this.#onLine()
    })
    const died = this.#ended.then(() => {
      throw new Error(`the child ended by itself: ${this.#errors}`)
    })
    await Promise.race([heard, died])
    died.catch(() => {})
    this.#onLine = undefined
  }
}
