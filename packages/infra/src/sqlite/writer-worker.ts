import { Worker } from 'node:worker_threads'
import type { Logger } from '@parley/base'
import { revive } from './failure.ts'
import type { MigrationReport } from './migrate.ts'
import { decodeOutcomes, type FromWorker, type ToWorker, type WorkerOptions } from './worker-protocol.ts'
import { GroupCommitWriter, type WriterLimits } from './writer.ts'

// In development the thread runs the source; a bundle has it as an entry beside the main chunk.
const ENTRY = import.meta.url.endsWith('.ts')
  ? new URL('./worker.ts', import.meta.url)
  : new URL('./sqlite-worker.js', import.meta.url)

export interface WriterWorkerOptions {
  readonly logger: Logger
  readonly limits?: WriterLimits | undefined
  readonly onFailure?: ((error: Error) => void) | undefined
  /** Program of the thread. */
  readonly entry?: URL
}

/** Owns the writer thread: starts it, routes its messages, and ends all commits when it dies. */
export class WriterWorker implements AsyncDisposable {
  readonly writer: GroupCommitWriter
  readonly #worker: Worker
  readonly #logger: Logger
  readonly #exited: Promise<void>
  readonly #onFailure: ((error: Error) => void) | undefined
  #ready = false
  #closing = false

  private constructor(path: string, { logger, limits, onFailure, entry = ENTRY }: WriterWorkerOptions) {
    const workerData: WorkerOptions = { role: 'writer', path }
    this.#logger = logger
    this.#onFailure = onFailure
    this.#worker = new Worker(entry, { workerData, name: 'parley-store' })
    this.writer = new GroupCommitWriter((message) => this.#worker.postMessage(message), limits)
    this.#exited = new Promise((resolve) => this.#worker.once('exit', () => resolve()))
  }

  /** Resolves when the database is open and its schema current. Rejects with `schema_newer` or `store_unavailable`. */
  static async start(path: string, options: WriterWorkerOptions): Promise<[WriterWorker, MigrationReport]> {
    const owner = new WriterWorker(path, options)
    const report = await owner.#untilReady()
    return [owner, report]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#closing) {
      this.#closing = true
      this.writer.close()
      this.#worker.postMessage({ type: 'close' } satisfies ToWorker)
    }
    await this.#exited
  }

  #untilReady(): Promise<MigrationReport> {
    return new Promise((resolve, reject) => {
      this.#worker.on('message', (message: FromWorker) => {
        if (typeof message === 'string') this.writer.settle(decodeOutcomes(message))
        else if (message.type === 'ready') {
          this.#ready = true
          resolve(message.migration)
        } else if (message.type === 'log') this.#logger[message.level](message.fields, message.message)
        else if (message.type === 'failed') {
          const error = revive(message.error)
          reject(error)
          this.#die(error)
        }
      })
      this.#worker.on('error', (error: Error) => {
        reject(error)
        this.#die(error)
      })
      this.#worker.on('exit', () => {
        const error = new Error('the storage thread has ended')
        reject(error)
        this.#die(error)
      })
    })
  }

  /** After this nothing is accepted any more; a failure before `ready` is told by the rejection of `start` alone. */
  #die(error: Error): void {
    const unexpected = this.#ready && !this.#closing
    this.#closing = true
    this.writer.end(error)
    if (!unexpected) return
    this.#logger.error({ error: String(error.cause ?? error) }, 'store: the writer has failed, nothing can be stored')
    this.#onFailure?.(error)
  }
}
