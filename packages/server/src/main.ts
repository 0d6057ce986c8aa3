/** The process: settings in, addresses and errors out, signals to an orderly end. */
import { isParleyError } from '@parley/base'
import { loadConfig } from './config/index.ts'
import { createServer, type RunningServer } from './compose.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

try {
  const server = await createServer(await loadConfig({ env: process.env, directory: process.cwd() }))
  announce(server)
  endOnSignals(server)
} catch (error) {
  process.stderr.write(`${explain(error)}\n`)
  process.exitCode = 1
}

function announce(server: RunningServer): void {
  if (server.generatedOwnerKey !== undefined) {
    say('')
    say('This is the first start. Log in with the owner key below; it is shown this once:')
    say('')
    say(`    ${server.generatedOwnerKey}`)
    say('')
    say('Keep it safe. To choose another one, set OWNER_KEY.')
    say('')
  }
  say(`Parley is running at ${server.url}`)
}

function explain(error: unknown): string {
  if (isParleyError(error)) return `Parley cannot start. ${error.message}`
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `Parley cannot start because of an unexpected error:\n${detail}`
}

/** The first signal ends in order; the second one at once. */
function endOnSignals(server: RunningServer): void {
  let ending = false
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (ending) process.exit(1)
    ending = true
    say(`${signal}: shutting down. Running answers get a few seconds; a second signal ends at once.`)
    try {
      await server.close()
      process.exit(0)
    } catch (error) {
      process.stderr.write(`The shutdown failed: ${error instanceof Error ? error.stack : String(error)}\n`)
      process.exit(1)
    }
  }
  process.on('SIGINT', (signal) => void end(signal))
  process.on('SIGTERM', (signal) => void end(signal))
}
