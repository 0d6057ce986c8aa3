/** Child processes with readable progress. Runs on Node 20, before anything is installed. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { root } from './paths.mjs'

/** A failure whose message is meant for the person at the terminal; no stack is printed. */
export class UserFacingError extends Error {}

/** @param {string} text */
export const say = (text) => process.stderr.write(`[parley] ${text}\n`)

/** Runs `main`; a {@link UserFacingError} becomes its message and exit code 1.
 * @param {() => Promise<number>} main
 * @param {() => void} [afterFailure] called after the message
 */
export async function runMain(main, afterFailure) {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof UserFacingError)) throw error
    say(error.message)
    afterFailure?.()
    process.exitCode = 1
  }
}

/** Resolves to the exit code; a death by signal counts as 128 + its number, as shells do.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? (constants.signals[signal] ?? 0) : 0)))
  })
}

/** Runs with captured output. @param {string} command @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{code: number, output: string, seconds: number}>}
 */
export async function capture(command, args, options = {}) {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text) => (output += text))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output, seconds: (performance.now() - started) / 1000 }))
  })
}

/** Says `title`, then a line every ten seconds until `work` ends, then how long it took.
 * @template T @param {string} title @param {() => Promise<T>} work @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = performance.now()
  const seconds = () => Math.round((performance.now() - started) / 1000)
  say(`${title} …`)
  const pulse = setInterval(() => say(`  still at it, ${seconds()} s`), 10_000)
  try {
    const result = await work()
    say(`  done in ${((performance.now() - started) / 1000).toFixed(1)} s`)
    return result
  } finally {
    clearInterval(pulse)
  }
}
