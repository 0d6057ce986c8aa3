/** The server and the command line as one bundle with shared, lazily loaded chunks. Runs on the pinned Node. */
import { renameSync, rmSync } from 'node:fs'
import { rolldown } from 'rolldown'
import { inRoot } from './paths.mjs'

const OUT = inRoot('dist', 'server')
const NEXT = inRoot('dist', 'server.next')

/** Packages with native parts or files they read from their own folder stay in node_modules. */
const EXTERNAL = ['better-sqlite3', 'sharp', '@fastify/swagger-ui', '@fastify/static']

/** Bundles into a fresh folder and then puts it in place, so that a failed build leaves the old one working. */
export async function bundleServer() {
  rmSync(NEXT, { recursive: true, force: true })
  const bundle = await rolldown({
    cwd: inRoot(),
    input: {
      main: inRoot('packages/server/src/main.ts'),
      'sqlite-worker': inRoot('packages/infra/src/sqlite/worker.ts'),
      'page-worker': inRoot('packages/runtime/src/tools/web/page-worker.ts'),
      cli: inRoot('packages/cli/src/main.ts'),
    },
    platform: 'node',
    external: (id) => EXTERNAL.some((name) => id === name || id.startsWith(`${name}/`)),
    logLevel: 'warn',
  })
  await bundle.write({
    dir: NEXT,
    format: 'esm',
    sourcemap: true,
    // One flat folder: a chunk finds its siblings (sqlite-worker.js, the web app) from its own address.
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  })
  await bundle.close()
  rmSync(OUT, { recursive: true, force: true })
  renameSync(NEXT, OUT)
  rmSync(inRoot('dist', '.compile-cache'), { recursive: true, force: true })
}
