/** `npm run parley -- <command>` and `npx parley <command>`: the command line, built first where needed. */
import { ensureBuilt } from './lib/ensure-built.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { runMain } from './lib/process.mjs'
import { runBundle } from './lib/run-bundle.mjs'

await runMain(async () => {
  const args = process.argv.slice(2)
  await ensureInstalled()
  await ensureBuilt(args[0] === 'up' ? ['web', 'server'] : ['server'])
  return runBundle('cli.js', args)
})
