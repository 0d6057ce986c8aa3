/** Runs an entry of dist/server on the pinned Node as if it were this process. */
import { spawn } from 'node:child_process'
import { inRoot, pinnedNode } from './paths.mjs'

// Not SIGHUP: a handler would undo nohup.
const FORWARDED = /** @type {const} */ (['SIGINT', 'SIGTERM'])

/**
 * Resolves to the exit code of the entry; when a signal ended it, this process ends by the same signal.
 * The working directory stays the caller's, so relative paths on the command line mean what they say.
 *
 * @param {'main.js' | 'cli.js'} entry
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export function runBundle(entry, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(pinnedNode, [inRoot('dist', 'server', entry), ...args], {
      stdio: 'inherit',
      env: { ...process.env, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? inRoot('dist', '.compile-cache') },
    })
    const forwarding = FORWARDED.map((signal) => {
      // A signal to the whole process group arrives twice at the child; the server takes both for one wish.
      const forward = () => child.kill(signal)
      process.on(signal, forward)
      return () => process.off(signal, forward)
    })
    const watching = endWithNpm(() => child.kill('SIGTERM'))
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      for (const stop of forwarding) stop()
      clearInterval(watching)
      if (signal) process.kill(process.pid, signal)
      resolve(code ?? 1)
    })
  })
}

/**
 * Calls `end` when the npm that runs this script dies without a word: a server nobody holds any more would keep the
 * port and the data folder. Outside npm the parent may leave, as a shell does that started this with nohup.
 *
 * @param {() => void} end
 */
function endWithNpm(end) {
  const parent = process.ppid
  if (process.env.npm_lifecycle_event === undefined) return undefined
  const watching = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watching)
    end()
  }, 1_000)
  return watching
}
