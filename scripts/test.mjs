/**
 * `npm test`: from a fresh clone to one closing line. Installs, finds or installs Chromium, builds the web app, runs
 * the static checks of `npm run verify` and then every vitest project. Each failing check counts as one failure.
 * `npm test -- <vitest arguments>` runs only those tests: no static checks.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ensureChromium } from './lib/chromium.mjs'
import { ensureBuilt } from './lib/ensure-built.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { inRoot, pinnedNode } from './lib/paths.mjs'
import { run, runMain, say } from './lib/process.mjs'
import { runStaticChecks } from './lib/static-checks.mjs'
import { closingLine, tally } from './lib/test-tally.mjs'

await runMain(main, () => print({ passed: 0, failed: 1, skipped: 0 }))

async function main() {
  const filters = process.argv.slice(2)
  await ensureInstalled()
  const chromium = await ensureChromium()
  await ensureBuilt(['web', 'server'])
  const failedChecks = filters.length === 0 ? await runStaticChecks() : 0
  const { result, code } = await runVitest(filters, chromium)
  // An error outside any test (an unhandled rejection, a crash) fails the run without failing a test.
  const unattributed = code !== 0 && result.failed === 0 ? 1 : 0
  if (unattributed) say(`vitest ended with exit code ${code} although no test failed; counted as one failure.`)
  const total = { ...result, failed: result.failed + failedChecks + unattributed }
  print(total)
  return total.failed === 0 && total.passed > 0 ? 0 : 1
}

/** The last line of every run, whatever stopped it. @param {import('./lib/test-tally.mjs').Tally} result */
function print(result) {
  process.stdout.write(`${closingLine(result)}\n`)
}

/** @param {readonly string[]} filters @param {string} chromium */
async function runVitest(filters, chromium) {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-test-'))
  const report = path.join(folder, 'report.json')
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters]
  try {
    const code = await run(pinnedNode, [inRoot('node_modules/vitest/vitest.mjs'), ...args], {
      env: {
        ...withoutParley(process.env),
        PARLEY_CHROMIUM: chromium,
        PATH: `${inRoot('node_modules/.bin')}:${process.env.PATH}`,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const result = existsSync(report)
      ? tally(JSON.parse(readFileSync(report, 'utf8')))
      : { passed: 0, failed: 0, skipped: 0 }
    return { code, result }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Settings of a developer's own server must not reach the servers of the tests. @param {NodeJS.ProcessEnv} env */
function withoutParley(env) {
  const settings = /^(PARLEY_.*|OWNER_KEY|OPENAI_BASE_URL|OPENAI_API_KEY)$/
  return Object.fromEntries(Object.entries(env).filter(([name]) => !settings.test(name)))
}
