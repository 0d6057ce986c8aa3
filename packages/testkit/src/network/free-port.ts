import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/** A loopback port nobody listens on right now: for processes that must keep their port over a restart. */
export async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
