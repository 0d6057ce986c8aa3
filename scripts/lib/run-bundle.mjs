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
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      for (const stop of forwarding) stop()
      if (signal) process.kill(process.pid, signal)
      resolve(code ?? 1)
    })
  })
}
