/**
 * `npm run build`: the web app into packages/web/dist, server and command line into dist/server.
 * `node scripts/build.mjs web|server` builds one of them. Always builds; `npm start` asks the stamps first.
 */
import { build } from 'vite'
import { bundleServer } from './lib/bundle.mjs'
import { inRoot } from './lib/paths.mjs'
import { contentHash, targets, writeStamp } from './lib/stamp.mjs'

const builders = {
  web: () => build({ root: inRoot('packages/web'), logLevel: 'warn' }),
  server: bundleServer,
}

const asked = process.argv.slice(2)
for (const name of asked.length > 0 ? asked : Object.keys(builders)) {
  if (name !== 'web' && name !== 'server') throw new Error(`There is no build called ${name}; use web or server.`)
  const stamp = contentHash(targets[name])
  await builders[name]()
  writeStamp(targets[name], stamp)
}
