/**
 * `npm run dev`: the server from source on its usual port, restarted on changes, and Vite with hot reload on 5173,
 * which hands /api, /ws and /uploads to the server.
 */
import { spawn } from 'node:child_process'
import { ensureInstalled } from './lib/install.mjs'
import { inRoot, pinnedNode, root } from './lib/paths.mjs'
import { runMain, say } from './lib/process.mjs'

await runMain(async () => {
  await ensureInstalled()
  const server = start(['--watch', '--watch-preserve-output', 'packages/server/src/main.ts'], root)
  const web = start([inRoot('node_modules/vite/bin/vite.js'), '--strictPort'], inRoot('packages/web'))
  say('The web app with hot reload: http://127.0.0.1:5173')
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(signal, () => {
      server.kill(signal)
      web.kill(signal)
    })
  }
  // One without the other is of no use: the first to end takes the other along.
  const codes = await Promise.all([ended(server, web), ended(web, server)])
  return Math.max(...codes)
})

/** @param {readonly string[]} args @param {string} cwd */
function start(args, cwd) {
  return spawn(pinnedNode, args, { cwd, stdio: 'inherit' })
}

/** @param {import('node:child_process').ChildProcess} child @param {import('node:child_process').ChildProcess} other
 * @returns {Promise<number>} */
function ended(child, other) {
  return new Promise((resolve) => {
    child.once('exit', (code) => {
      other.kill('SIGTERM')
      resolve(code ?? 0)
    })
  })
}
