/** `npm run verify`: everything that can be checked without running the product. Exit code 1 when a check fails. */
import { ensureInstalled } from './lib/install.mjs'
import { runMain } from './lib/process.mjs'
import { runStaticChecks } from './lib/static-checks.mjs'

await runMain(async () => {
  await ensureInstalled()
  return (await runStaticChecks()) === 0 ? 0 : 1
})
