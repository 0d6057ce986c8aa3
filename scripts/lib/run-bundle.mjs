/** Runs an entry of dist/server on the pinned Node as if it were this process. */
import { spawn } from 'node:child_process'
import { inRoot, pinnedNode } from './paths.mjs'

const FORWARDED = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

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
      const forward = () => {
        // Ctrl-C in a terminal reaches the whole process group: the child has been told already.
        if (signal === 'SIGINT' && process.stdin.isTTY) return
        child.kill(signal)
      }
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
