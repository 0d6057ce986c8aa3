import { residentMegabytes } from '../measure/process-tree.ts'
import type { Figures, Scenario } from '../measure/scenario.ts'
import { startServer } from '../measure/start-server.ts'

const IDLE_SECONDS = 10

/** From spawning the process to the first 200, on an empty folder and on a used one; and its memory at rest. */
export const start: Scenario = {
  name: 'start',
  summary: `cold start to the first 200 of /health, on an empty and on a used data folder; resident memory of the process tree after ${IDLE_SECONDS} idle seconds`,
  reference: '0.25 s; 77 MB',
  async run(): Promise<Figures> {
    await using server = await startServer()
    const first = server.parley.readyAfter
    await new Promise((resolve) => setTimeout(resolve, IDLE_SECONDS * 1_000))
    const idle = residentMegabytes(server.parley.pid)
    await server.parley.stop('SIGTERM')
    const again = await server.parley.restart()
    const second = again.readyAfter
    await again.stop('SIGTERM')
    return { 'empty folder s': first / 1_000, 'used folder s': second / 1_000, 'idle MB': idle }
  },
}
