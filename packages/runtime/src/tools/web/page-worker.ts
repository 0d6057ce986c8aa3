/** Thread that reads one page and ends: pages of strangers may be made to be slow, and the server must not wait. */
import { parentPort, workerData } from 'node:worker_threads'
import type { PageQuestion } from './page-reader.ts'
import { readableText } from './readable-text.ts'

const { html } = workerData as PageQuestion
parentPort?.postMessage(readableText(html))
