import { mkdtemp, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryStore } from '@parley/infra/memory'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createServer } from './compose.ts'
import { loadConfig } from './config/index.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-shutdown-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await new Promise((resolve) => socket.once('connect', resolve))
  return socket
}

test.each([
  ['says nothing, as browsers open them ahead of time', ''],
  [
    'sends half a request',
    'POST /api/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
  ],
])('a connection that %s does not hold up the end of the server', async (_what, bytes) => {
  const env = { PARLEY_PORT: '0', PARLEY_DATA: folder, PARLEY_LOG_LEVEL: 'silent', OWNER_KEY: 'some-owner-key' }
  const overrides = { store: createMemoryStore(), runtime: { enabled: false, probe: false } }
  const server = await createServer(await loadConfig({ env, directory: folder }), overrides)
  const socket = await open(server.port)
  if (bytes !== '') socket.write(bytes)
  const gone = new Promise((resolve) => socket.once('close', resolve))
  await fetch(`${server.url}/health`)
  await server.close({ graceMs: 0 })
  await gone
  await expect(fetch(`${server.url}/health`)).rejects.toThrow('fetch failed')
})
