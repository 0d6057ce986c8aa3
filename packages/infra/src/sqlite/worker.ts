/** Entry of both storage threads: the one that writes, and the one that checkpoints beside it. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { runCheckpointer } from './checkpoint-thread.ts'
import type { WorkerOptions } from './worker-protocol.ts'
import { runWriter } from './writer-thread.ts'

const options = workerData as WorkerOptions
const port = parentPort as MessagePort

if (options.role === 'writer') await runWriter(port, options.path, new URL(import.meta.url))
else runCheckpointer(port, options.path, options.shared)
