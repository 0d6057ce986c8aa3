import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import type { Database } from 'better-sqlite3'
import { BatchRunner, FatalStoreError, type Unit } from './batch.ts'
import { closeWal, finishCheckpoint, isDue } from './checkpoint.ts'
import { CheckpointThread } from './checkpoint-thread.ts'
import { openWriterConnection } from './connection.ts'
import { classify } from './failure.ts'
import { KeyHeads } from './key-heads.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { Sweeper } from './sweep.ts'
import { UnitApplier } from './unit.ts'
import { UnitQueue } from './unit-queue.ts'
import { encodeOutcomes, type FromWorker, type ToWorker } from './worker-protocol.ts'

/** Units in one transaction at most: bounds how long the first of them waits for its acknowledgement. */
const MAX_BATCH = 128
/** Batches between two looks at the size of the write-ahead file. */
const CHECK_EVERY = 32

/** Opens the database, brings its schema up to date, and serves units until told to close. */
export async function runWriter(port: MessagePort, path: string, entry: URL): Promise<void> {
  const post = (message: FromWorker): void => port.postMessage(message)
  try {
    const db = openWriterConnection(path)
    const migration = await migrate(db, path, migrations)
    const thread = new WriterThread(port, db, path, entry)
    post({ type: 'ready', migration })
    thread.serve()
  } catch (thrown) {
    post({ type: 'failed', error: classify(thrown).error })
    port.close()
  }
}

class WriterThread {
  readonly #port: MessagePort
  readonly #db: Database
  readonly #batches: BatchRunner
  readonly #sweeper: Sweeper
  readonly #checkpoints: CheckpointThread
  readonly #waiting = new UnitQueue()
  #running = false
  #closing = false
  #sinceCheck = 0
  #sweepPlanned = false

  constructor(port: MessagePort, db: Database, path: string, entry: URL) {
    this.#port = port
    this.#db = db
    const keys = new KeyHeads(db)
    // The query builder takes longer to load than everything else, and the log does without it.
    const records = import('./kysely.ts').then(({ createKysely }) => createKysely(db))
    this.#batches = new BatchRunner(db, new UnitApplier(db, records, keys), keys)
    this.#sweeper = new Sweeper(db)
    this.#checkpoints = new CheckpointThread(entry, path, (error) => this.#warn(error, 'checkpoint thread failed'))
  }

  serve(): void {
    this.#port.on('message', (message: ToWorker) => {
      this.#accept(message)
      if (!this.#running) void this.#drain()
    })
    this.#planSweep()
  }

  #accept(message: ToWorker): void {
    if (typeof message !== 'string') {
      this.#closing = true
      return
    }
    this.#waiting.push(JSON.parse(message) as Unit[])
  }

  async #drain(): Promise<void> {
    this.#running = true
    try {
      for (;;) {
        this.#receive()
        if (this.#waiting.size === 0) break
        const outcomes = await this.#batches.run(this.#waiting.take(MAX_BATCH))
        this.#port.postMessage(encodeOutcomes(outcomes))
        this.#watchWal()
      }
    } catch (thrown) {
      this.#fail(thrown)
      return
    }
    this.#running = false
    if (this.#closing) await this.#close()
    else this.#planSweep()
  }

  /** Takes what has arrived meanwhile without waiting for the event loop. */
  #receive(): void {
    for (;;) {
      const received = receiveMessageOnPort(this.#port)
      if (!received) return
      this.#accept(received.message as ToWorker)
    }
  }

  #watchWal(): void {
    if (++this.#sinceCheck < CHECK_EVERY) return
    this.#sinceCheck = 0
    this.#tidy('checkpoint', () => {
      // Also while the copying is under way, or has failed for good: then only a file that has grown too long is copied.
      if (this.#checkpoints.takeCopied() || !this.#checkpoints.idle) finishCheckpoint(this.#db)
      if (this.#checkpoints.idle && isDue(this.#db)) this.#checkpoints.copy()
    })
  }

  #planSweep(): void {
    if (this.#sweepPlanned) return
    this.#sweepPlanned = true
    setImmediate(() => {
      this.#sweepPlanned = false
      if (this.#running || this.#closing) return
      let more = false
      this.#tidy('sweep', () => {
        more = this.#sweeper.step()
      })
      if (more) this.#planSweep()
    })
  }

  /** House-keeping must not stop the writer: what fails now is tried again later. */
  #tidy(task: string, run: () => void): void {
    if (!this.#db.open) return
    try {
      run()
    } catch (thrown) {
      this.#warn(thrown, `${task} failed`)
    }
  }

  async #close(): Promise<void> {
    await this.#checkpoints.close()
    this.#tidy('checkpoint', () => closeWal(this.#db))
    this.#db.close()
    this.#port.postMessage({ type: 'closed' } satisfies FromWorker)
    this.#port.close()
  }

  /** Ends the thread, and with it the acceptance of writes. Anything but a fatal engine error here is a defect. */
  #fail(thrown: unknown): void {
    const cause = thrown instanceof FatalStoreError ? thrown.message : String((thrown as Error).stack ?? thrown)
    this.#port.postMessage({ type: 'failed', error: { code: 'store_unavailable', cause } } satisfies FromWorker)
    void this.#checkpoints.close()
    this.#db.close()
    this.#port.close()
  }

  #warn(thrown: unknown, message: string): void {
    const fields = { error: thrown instanceof Error ? thrown.message : String(thrown) }
    this.#port.postMessage({ type: 'log', level: 'warn', fields, message } satisfies FromWorker)
  }
}
