/** The process: settings in, addresses and errors out, signals to an orderly end. */
import { isParleyError } from '@parley/base'
import { createServer, type RunningServer } from './compose.ts'
import { type Config, loadConfig } from './config/index.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

try {
  const loaded = await loadConfig({ env: process.env, directory: process.cwd() })
  const server = await createServer(loaded)
  announce(server, loaded.config)
  endOnSignals(server)
  void server.failed.then(endOnFailure)
} catch (error) {
  process.stderr.write(`${explain(error)}\n`)
  process.exitCode = 1
}

function announce(server: RunningServer, config: Config): void {
  if (server.generatedOwnerKey !== undefined) {
    say('')
    say('This is the first start. Log in with the owner key below; it is shown this once:')
    say('')
    say(`    ${server.generatedOwnerKey}`)
    say('')
    say('Keep it safe. To choose another one, set OWNER_KEY.')
    say('')
  }
  say(`Data folder: ${config.dataDirectory}`)
  say(`Parley is running at ${server.url}`)
  if (config.host === '0.0.0.0' || config.host === '::') say('Every machine of this network can reach it.')
}

function explain(error: unknown): string {
  if (isParleyError(error)) return `Parley cannot start. ${error.message}`
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `Parley cannot start because of an unexpected error:\n${detail}`
}

/** Milliseconds in which repeated signals are one wish: a terminal, npm and the launcher may each pass it on. */
const ONE_WISH_MS = 1_000

/** Milliseconds after which the end is not waited for any longer: what is acknowledged is on disk. */
const LAST_MOMENT_MS = 9_500

/** Nothing can be acknowledged any more, so there is nothing to wait for; whoever watches the process starts it anew. */
function endOnFailure(error: Error): void {
  process.stderr.write(`Parley stops because it cannot store anything any more: ${error.message}\n`)
  process.exit(1)
}

/** The first signal ends in order; a later one at once. */
function endOnSignals(server: RunningServer): void {
  let endingSince: number | undefined
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (endingSince !== undefined) {
      if (performance.now() - endingSince > ONE_WISH_MS) process.exit(1)
      return
    }
    endingSince = performance.now()
    setTimeout(() => process.exit(0), LAST_MOMENT_MS)
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
