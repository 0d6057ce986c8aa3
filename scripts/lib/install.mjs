/** Makes node_modules match package-lock.json. Runs on Node 20 with nothing installed. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { inRoot, pinnedNode } from './paths.mjs'
import { capture, step, UserFacingError } from './process.mjs'

const OLDEST_NODE = [20, 19]
const stampFile = inRoot('node_modules', '.parley-setup')

/** Installs when node_modules is missing or belongs to another lock file; otherwise returns at once. */
export async function ensureInstalled() {
  refuseOldNode()
  const lock = readFileSync(inRoot('package-lock.json'), 'utf8')
  const stamp = createHash('sha256').update(lock).digest('hex')
  if (readText(stampFile) === stamp && existsSync(pinnedNode)) return
  if (
    !lockMatches(JSON.parse(lock), readText(inRoot('node_modules', '.package-lock.json'))) ||
    !existsSync(pinnedNode)
  ) {
    await step('Installing packages from package-lock.json (about a minute, once)', install)
  }
  writeFileSync(stampFile, stamp)
}

async function install() {
  // NODE_ENV=production would leave out the build tools; --include=dev brings them whatever the environment says.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const cli = process.env.npm_execpath
  const npm = cli?.endsWith('.js') ? { command: process.execPath, args: [cli, ...args] } : { command: 'npm', args }
  const { code, output } = await capture(npm.command, npm.args, { shell: process.platform === 'win32' && !cli })
  if (code !== 0) throw new UserFacingError(`npm ci failed with exit code ${code}:\n${output.trim()}`)
  if (!existsSync(pinnedNode)) {
    throw new UserFacingError(
      'npm did not unpack the pinned Node. If install scripts are switched off (npm config get ignore-scripts), run: npm rebuild node',
    )
  }
}

/** Whether every required package of the lock file is installed in its version (`npm ci` by hand needs no repeat).
 * @param {{packages: Record<string, {version?: string, optional?: boolean, peer?: boolean, link?: boolean}>}} lock
 * @param {string | undefined} installedText npm's own record inside node_modules
 */
export function lockMatches(lock, installedText) {
  if (installedText === undefined) return false
  const installed = JSON.parse(installedText).packages
  return Object.entries(lock.packages).every(([path, entry]) => {
    if (!path.includes('node_modules/') || entry.optional) return true
    return entry.link ? path in installed : installed[path]?.version === entry.version
  })
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  throw new UserFacingError(`Node ${OLDEST_NODE.join('.')} or newer is needed to install; this is ${process.version}.`)
}

/** @param {string} file */
function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
