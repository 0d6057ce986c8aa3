/** The checks that need no running code: types, lint with the import graph, formatting, dead code, file sizes. */

import { longFiles } from './file-budget.mjs'
import { inRoot, pinnedNode, root } from './paths.mjs'
import { capture, say } from './process.mjs'

const MAX_LINES = 80

/** @typedef {{ok: boolean, output: string}} CheckResult */

/** @type {readonly {name: string, check: () => Promise<CheckResult>}[]} */
const checks = [
  { name: 'types of the packages', check: () => tool('typescript/bin/tsc', '-b') },
  { name: 'types of tests and scripts', check: () => tool('typescript/bin/tsc', '-p', 'tests/tsconfig.json') },
  { name: 'types of web tests', check: () => tool('typescript/bin/tsc', '-p', 'tests/tsconfig.web.json') },
  { name: 'lint and import graph', check: () => tool('oxlint/bin/oxlint', '--type-aware', '--deny-warnings') },
  { name: 'formatting', check: () => tool('@biomejs/biome/bin/biome', 'check', '--colors=off') },
  { name: 'dead code and dependencies', check: () => tool('knip/bin/knip.js', '--no-progress') },
  { name: 'file sizes', check: fileSizes },
]

/** Runs every check, prints one line each (and the output of failing ones). Resolves to the number of failures. */
export async function runStaticChecks() {
  let failures = 0
  for (const { name, check } of checks) {
    const started = performance.now()
    const { ok, output } = await check()
    say(`${ok ? 'ok  ' : 'FAIL'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`)
    if (!ok) failures += 1
    if (output && (!ok || name === 'file sizes')) process.stderr.write(`${shorten(output)}\n`)
  }
  return failures
}

/** The first lines of a long report: the rest is seldom another story. @param {string} output */
function shorten(output) {
  const lines = output.split('\n')
  return lines.length <= MAX_LINES
    ? output
    : [...lines.slice(0, MAX_LINES), `… and ${lines.length - MAX_LINES} more lines`].join('\n')
}

/** @param {string} bin below node_modules @param {...string} args @returns {Promise<CheckResult>} */
async function tool(bin, ...args) {
  const { code, output } = await capture(pinnedNode, [inRoot('node_modules', bin), ...args])
  return { ok: code === 0, output: output.trim() }
}

/** @returns {Promise<CheckResult>} */
async function fileSizes() {
  const long = longFiles(root)
  const lines = long.map(({ file, lines, tooLong }) => `  ${tooLong ? 'too long' : 'long'}: ${file} (${lines} lines)`)
  return { ok: long.every(({ tooLong }) => !tooLong), output: lines.join('\n') }
}
