/** The browser the browser suite drives: Debian's Chromium, or the one PARLEY_CHROMIUM names. */
import { existsSync } from 'node:fs'
import { capture, step, UserFacingError } from './process.mjs'

const USUAL_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The path of a Chromium; installs Debian's package when this is root on a machine with apt-get. */
export async function ensureChromium() {
  const asked = process.env.PARLEY_CHROMIUM
  if (asked !== undefined) {
    if (existsSync(asked)) return asked
    throw new UserFacingError(`PARLEY_CHROMIUM names ${asked}, which does not exist.`)
  }
  const found = USUAL_PATHS.find((file) => existsSync(file))
  if (found) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    await step('Installing Chromium with apt-get for the browser tests', async () => {
      await apt('update')
      await apt('install', '-y', '--no-install-recommends', 'chromium')
    })
    if (existsSync('/usr/bin/chromium')) return '/usr/bin/chromium'
  }
  throw new UserFacingError(
    'The browser tests need Chromium. Install it (Debian: apt-get install chromium) or set PARLEY_CHROMIUM to its path.',
  )
}

/** @param {...string} args */
async function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { code, output } = await capture('apt-get', ['-q', ...args], { env })
  if (code !== 0)
    throw new UserFacingError(`apt-get ${args[0]} failed:\n${output.trim().split('\n').slice(-5).join('\n')}`)
}
