import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { TempFolder } from '@parley/testkit'
import { percentile } from '../measure/percentile.ts'
import type { Figures, Scenario } from '../measure/scenario.ts'

const run = promisify(execFile)
const SAMPLES = 1_000

/** What the machine itself takes at this moment: no message can be stored and echoed faster than the disk syncs. */
export const machine: Scenario = {
  name: 'machine',
  summary:
    'append of 4 KiB with fdatasync; one byte there and back over loopback TCP; memory and start of an empty Node process',
  async run(): Promise<Figures> {
    await using folder = await TempFolder.create()
    const syncs = diskSyncs(join(folder.path, 'probe'))
    const trips = await roundTrips()
    const script = 'console.log(process.memoryUsage().rss)'
    const started = performance.now()
    const { stdout } = await run(process.execPath, ['-e', script])
    return {
      'disk sync p50 ms': percentile(syncs, 0.5),
      'disk sync p95 ms': percentile(syncs, 0.95),
      'loopback p50 ms': percentile(trips, 0.5),
      'empty Node MB': Number(stdout) / 1e6,
      'empty Node s': (performance.now() - started) / 1_000,
    }
  },
}

function diskSyncs(path: string): number[] {
  const file = openSync(path, 'a')
  const block = Buffer.alloc(4_096)
  const samples: number[] = []
  for (let i = 0; i < SAMPLES; i++) {
    const started = performance.now()
    writeSync(file, block)
    fdatasyncSync(file)
    samples.push(performance.now() - started)
  }
  closeSync(file)
  return samples
}

async function roundTrips(): Promise<number[]> {
  const server = createServer((socket) => void socket.setNoDelay(true).pipe(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1').setNoDelay(true)
  await once(client, 'connect')
  const samples: number[] = []
  for (let i = 0; i < SAMPLES; i++) {
    const started = performance.now()
    client.write('x')
    await once(client, 'data')
    samples.push(performance.now() - started)
  }
  client.destroy()
  server.close()
  return samples
}
