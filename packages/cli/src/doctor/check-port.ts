import { once } from 'node:events'
import { createServer } from 'node:net'
import { findPortHolder } from '@parley/server/maintenance'
import type { Finding } from './finding.ts'

const SUBJECT = 'port'

/** Tries to listen. A Parley that already runs there is fine; anything else in the way is named. */
export async function checkPort(host: string, port: number): Promise<Finding> {
  const code = await whyNotListening(host, port)
  const place = `${host}:${port}`
  if (code === undefined) return { level: 'ok', subject: SUBJECT, text: `${place} is free.` }
  if (code === 'EADDRINUSE') return inUse(host, port)
  if (code === 'EACCES') {
    return problem(`This user may not listen on ${place}.`, 'set PARLEY_PORT to a port above 1023')
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return problem(`${host} is not an address of this machine.`, 'set PARLEY_HOST to 127.0.0.1, 0.0.0.0 or one that is')
  }
  return problem(`Listening on ${place} fails (${code}).`, 'choose another PARLEY_HOST and PARLEY_PORT')
}

async function inUse(host: string, port: number): Promise<Finding> {
  const holder = await findPortHolder(port)
  const who = holder === undefined ? 'another program' : `process ${holder.pid} (${holder.command.slice(0, 120)})`
  if (await isParley(host, port)) {
    const pid = holder === undefined ? '' : ` as process ${holder.pid}`
    return { level: 'ok', subject: SUBJECT, text: `${host}:${port} is held by Parley itself, which is running${pid}.` }
  }
  return problem(`${host}:${port} is taken by ${who}.`, 'stop it, or set PARLEY_PORT to a free port')
}

async function whyNotListening(host: string, port: number): Promise<string | undefined> {
  const server = createServer()
  try {
    server.listen({ host, port })
    await once(server, 'listening')
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error)
  } finally {
    server.close()
  }
}

/** Asks whoever listens there for /health, in the shape only Parley answers with. */
async function isParley(host: string, port: number): Promise<boolean> {
  const anyAddress: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }
  const target = anyAddress[host] ?? (host.includes(':') ? `[${host}]` : host)
  try {
    const response = await fetch(`http://${target}:${port}/health`, { signal: AbortSignal.timeout(2_000) })
    return response.ok && (await response.text()).includes('"version"')
  } catch {
    return false
  }
}

function problem(text: string, advice: string): Finding {
  return { level: 'problem', subject: SUBJECT, text, advice }
}
