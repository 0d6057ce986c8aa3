/** A storage thread that answers its first message and dies at its second. */
import { parentPort } from 'node:worker_threads'

let messages = 0
parentPort?.on('message', () => {
  messages += 1
  if (messages > 1) throw new Error('the thread dies here')
  parentPort?.postMessage(JSON.stringify([[1, ['answered']]]))
})
parentPort?.postMessage({ type: 'ready', migration: { from: 1, to: 1 } })
