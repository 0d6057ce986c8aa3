/** Content stamps: a build output is current when its stamp equals the hash of everything it was built from. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { inRoot, root } from './paths.mjs'

const SKIPPED = new Set(['node_modules', 'dist', '.tsbuild'])

/**
 * @typedef {object} BuildTarget
 * @property {string} name
 * @property {readonly string[]} inputs Files and folders, relative to the root.
 * @property {string} output The file that must exist for the stamp to count.
 */

/** @type {Readonly<Record<'web' | 'server', BuildTarget>>} */
export const targets = {
  web: {
    name: 'web',
    inputs: ['package-lock.json', 'scripts/build.mjs', 'packages/web', 'packages/base/src', 'packages/protocol/src'],
    output: 'packages/web/dist/index.html',
  },
  server: {
    name: 'server',
    inputs: [
      'package-lock.json',
      'scripts/build.mjs',
      'scripts/lib/bundle.mjs',
      ...['base', 'protocol', 'core', 'infra', 'runtime', 'server', 'cli'].map((name) => `packages/${name}`),
    ],
    output: 'dist/server/main.js',
  },
}

/** @param {BuildTarget} target */
export function isCurrent(target) {
  const file = stampFile(target)
  if (!existsSync(file) || !existsSync(inRoot(target.output))) return false
  return readFileSync(file, 'utf8') === contentHash(target)
}

/** Hash of the inputs as they are now. Taken before a build, so that an edit during it makes the result stale.
 * @param {Pick<BuildTarget, 'inputs'>} target
 * @param {string} [base] folder the inputs are relative to */
export function contentHash(target, base = root) {
  const hash = createHash('sha256')
  for (const input of target.inputs) addTo(hash, base, input)
  return hash.digest('hex')
}

/** @param {BuildTarget} target @param {string} stamp */
export function writeStamp(target, stamp) {
  mkdirSync(inRoot('dist'), { recursive: true })
  writeFileSync(stampFile(target), stamp)
}

/** @param {BuildTarget} target */
const stampFile = (target) => inRoot('dist', `.${target.name}-stamp`)

/** @param {import('node:crypto').Hash} hash @param {string} base @param {string} relative */
function addTo(hash, base, relative) {
  const file = path.join(base, relative)
  if (!existsSync(file)) return
  if (statSync(file).isDirectory()) {
    for (const name of readdirSync(file).toSorted()) {
      if (!SKIPPED.has(name) && !/\.test\.tsx?$/.test(name)) addTo(hash, base, `${relative}/${name}`)
    }
    return
  }
  hash.update(`${relative}\0`).update(readFileSync(file)).update('\0')
}
