/** Builds what the sources have outgrown. Safe to call on Node 20: the build itself runs on the pinned Node. */
import { inRoot, pinnedNode } from './paths.mjs'
import { capture, step, UserFacingError } from './process.mjs'
import { isCurrent, targets } from './stamp.mjs'

const TITLES = { web: 'Building the web app', server: 'Bundling the server' }

/** @param {readonly ('web' | 'server')[]} names */
export async function ensureBuilt(names) {
  for (const name of names) {
    if (isCurrent(targets[name])) continue
    await step(TITLES[name], async () => {
      const { code, output } = await capture(pinnedNode, [inRoot('scripts', 'build.mjs'), name], {
        env: { ...process.env, NO_COLOR: '1' },
      })
      if (code !== 0) throw new UserFacingError(`The ${name} build failed:\n${output.trim()}`)
    })
  }
}
