import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { listenErrors } from './listen-errors.ts'
import { findPortHolder } from './port-holder.ts'

export interface ListeningAddress {
  readonly port: number
  /** Where a browser on this machine finds it. */
  readonly url: string
}

/** Starts listening. Errors: `port_taken`, `port_forbidden`, `address_unusable`. */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<ListeningAddress> {
  try {
    await app.listen({ host, port, backlog: 1_024 })
  } catch (error) {
    throw await explain(error as NodeJS.ErrnoException, host, port)
  }
  const address = app.server.address() as AddressInfo
  return { port: address.port, url: `http://${urlHost(host)}:${address.port}` }
}

async function explain(error: NodeJS.ErrnoException, host: string, port: number): Promise<Error> {
  if (error.code === 'EADDRINUSE') {
    const holder = await findPortHolder(port)
    const who = holder === undefined ? 'another program' : `process ${holder.pid} (${holder.command.slice(0, 120)})`
    return listenErrors.port_taken({ details: { host, port, who }, cause: error })
  }
  if (error.code === 'EACCES') return listenErrors.port_forbidden({ details: { port }, cause: error })
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') {
    return listenErrors.address_unusable({ details: { host }, cause: error })
  }
  return error
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
