/** Everything `parley doctor` looks at, in the order a person would. */
import { stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { isParleyError } from '@parley/base'
import type { Terminal } from '../terminal.ts'
import { checkClock } from './check-clock.ts'
import { checkDatabase } from './check-database.ts'
import { checkDisk } from './check-disk.ts'
import { checkFolder } from './check-folder.ts'
import { checkNode } from './check-node.ts'
import { checkPort } from './check-port.ts'
import type { Finding } from './finding.ts'

/** Changes nothing. Findings after a broken setting are missing, because they would look at the wrong place. */
export async function examine(terminal: Pick<Terminal, 'env' | 'directory'>): Promise<readonly Finding[]> {
  const findings: Finding[] = [checkNode(process.versions.node)]
  const { loadConfig } = await import('@parley/server/maintenance')
  const loaded = await loadConfig(terminal).catch((error: unknown) => {
    if (!isParleyError(error)) throw error
    const advice = 'correct it in the environment or in parley.yaml, then run this again'
    findings.push({ level: 'problem', subject: 'settings', text: error.message, advice })
    return undefined
  })
  if (loaded === undefined) return findings
  const { host, port, dataDirectory } = loaded.config
  findings.push({ level: 'ok', subject: 'settings', text: `They are valid; data in ${dataDirectory}.` })
  const folder = await checkFolder(dataDirectory)
  const { mtimeMs: built } = await stat(fileURLToPath(import.meta.url))
  findings.push(
    ...folder.findings,
    await checkDisk(folder.existing, folder.bytes),
    checkClock({ now: Date.now(), built, lastWrite: folder.lastWrite }),
    checkDatabase(dataDirectory),
    await checkPort(host, port),
  )
  return findings
}
