import type { MessagePort } from 'node:worker_threads'
import { Worker } from 'node:worker_threads'
import { copyAside } from './checkpoint.ts'
import { openCheckpointConnection } from './connection.ts'
import type { WorkerOptions } from './worker-protocol.ts'

const IDLE = 0
const COPYING = 1
const COPIED = 2
const FAILED = 3

type Command = 'copy' | 'close'

/** Body of the thread: copies once per command and notes the end in shared memory. */
export function runCheckpointer(port: MessagePort, path: string, shared: SharedArrayBuffer): void {
  const state = new Int32Array(shared)
  const db = openCheckpointConnection(path)
  port.on('message', (command: Command) => {
    if (command === 'close') {
      db.close()
      port.close()
      return
    }
    try {
      copyAside(db)
      Atomics.store(state, 0, COPIED)
    } catch {
      // A lock held elsewhere: nothing is lost, and the writer will ask again.
      Atomics.store(state, 0, IDLE)
    }
  })
}

/**
 * The writer's handle on that thread, started when first needed. Its state is shared memory because a writer under load
 * never returns to its event loop to hear messages. Should the thread fail, the write-ahead file only grows.
 */
export class CheckpointThread {
  readonly #entry: URL
  readonly #path: string
  readonly #onError: (error: Error) => void
  readonly #shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  readonly #state = new Int32Array(this.#shared)
  #worker: Worker | undefined

  constructor(entry: URL, path: string, onError: (error: Error) => void) {
    this.#entry = entry
    this.#path = path
    this.#onError = onError
  }

  get idle(): boolean {
    return Atomics.load(this.#state, 0) === IDLE
  }

  /** True once after each finished copy. */
  takeCopied(): boolean {
    return Atomics.compareExchange(this.#state, 0, COPIED, IDLE) === COPIED
  }

  copy(): void {
    Atomics.store(this.#state, 0, COPYING)
    this.#worker ??= this.#start()
    this.#worker.postMessage('copy' satisfies Command)
  }

  async close(): Promise<void> {
    const worker = this.#worker
    if (!worker) return
    this.#worker = undefined
    const ended = new Promise((resolve) => worker.once('exit', resolve))
    worker.postMessage('close' satisfies Command)
    await ended
  }

  #start(): Worker {
    const workerData: WorkerOptions = { role: 'checkpointer', path: this.#path, shared: this.#shared }
    const worker = new Worker(this.#entry, { workerData, name: 'parley-checkpoint' })
    worker.on('error', (error: Error) => {
      Atomics.store(this.#state, 0, FAILED)
      this.#worker = undefined
      this.#onError(error)
    })
    return worker
  }
}
