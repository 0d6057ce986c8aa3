/**
 * `npm start`: from a fresh clone to a running server. Installs and builds only what is missing or out of date,
 * then runs the bundle on the pinned Node, passing on arguments, signals and the exit code.
 */
import { ensureBuilt } from './lib/ensure-built.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { runMain } from './lib/process.mjs'
import { runBundle } from './lib/run-bundle.mjs'

await runMain(async () => {
  await ensureInstalled()
  await ensureBuilt(['web', 'server'])
  return runBundle('main.js', process.argv.slice(2))
})
