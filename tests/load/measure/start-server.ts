/** A server for one run: the bundle `npm start` runs, a fresh data folder, limits out of the way. */
import { fileURLToPath } from 'node:url'
import { freePort, ParleyProcess, type SpawnOptions, TempFolder } from '@parley/testkit'

const BUNDLE = fileURLToPath(new URL('../../../dist/server/main.js', import.meta.url))
const COMPILE_CACHE = fileURLToPath(new URL('../../../dist/.compile-cache', import.meta.url))

export interface LoadServer extends AsyncDisposable {
  readonly parley: ParleyProcess
  readonly dataDirectory: string
}

/** PARLEY_LOAD_ENTRY names another script than the bundle; PARLEY_LOAD_PROFILE a folder for CPU profiles of the servers. */
export async function startServer(env: SpawnOptions['env'] = {}): Promise<LoadServer> {
  const folder = await TempFolder.create()
  const profile = process.env['PARLEY_LOAD_PROFILE']
  const parley = await ParleyProcess.start({
    port: await freePort(),
    dataDirectory: folder.path,
    ownerKey: 'the-owner-key-of-the-load-test',
    entry: process.env['PARLEY_LOAD_ENTRY'] ?? BUNDLE,
    nodeOptions: profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`],
    env: { PARLEY_LOG_LEVEL: 'error', NODE_COMPILE_CACHE: COMPILE_CACHE, NODE_ENV: 'production', ...env },
  })
  return {
    parley,
    dataDirectory: folder.path,
    async [Symbol.asyncDispose]() {
      await parley.stop('SIGTERM').catch(() => {})
      await folder[Symbol.asyncDispose]()
    },
  }
}
