/** The whole server in this process: real HTTP on a free port, real SQLite in a temporary folder, scripted models. */
import type { createServer } from '@parley/server'
import { type ModelServer, type ModelServerOptions, startModelServer } from '../model-server/index.ts'
import { TempFolder } from '../process/temp-folder.ts'
import { WorkspaceClient } from '../workspace/client.ts'
import { Cast } from './cast.ts'

export interface BootOptions {
  /** Settings by name, over the defaults of this kit. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly ownerKey?: string
  /** Options of the model server; `false` boots without one, so the demo model answers. */
  readonly model?: ModelServerOptions | false
  /** Replaces parts of the composition. */
  readonly overrides?: Parameters<typeof createServer>[1]
}

export const OWNER_KEY = 'the-owner-key-of-tests'

export interface Parley extends AsyncDisposable {
  readonly baseUrl: string
  readonly dataDirectory: string
  readonly ownerKey: string
  /** Logged in as the owner. */
  readonly owner: WorkspaceClient
  readonly cast: Cast
  /** Throws when booted without one. */
  readonly model: ModelServer
  /** A client that has not logged in. */
  stranger(): WorkspaceClient
}

export async function bootParley(options: BootOptions = {}): Promise<Parley> {
  const ownerKey = options.ownerKey ?? OWNER_KEY
  await using stack = new AsyncDisposableStack()
  const folder = stack.use(await TempFolder.create())
  const model = options.model === false ? undefined : stack.use(await startModelServer(options.model))
  const env = {
    PARLEY_HOST: '127.0.0.1',
    PARLEY_PORT: '0',
    PARLEY_DATA: folder.path,
    PARLEY_LOG_LEVEL: 'error',
    PARLEY_MESSAGE_RATE: '100000/100000',
    OWNER_KEY: ownerKey,
    ...(model === undefined ? {} : { OPENAI_BASE_URL: `${model.url}/v1`, PARLEY_DEFAULT_MODEL: 'test-model' }),
    ...options.env,
  }
  // Loaded here, so that clients of this package that only speak over the wire stay light.
  const { createServer, loadConfig } = await import('@parley/server')
  const server = stack.use(await createServer(await loadConfig({ env, directory: folder.path }), options.overrides))
  const baseUrl = server.url
  const owner = await new WorkspaceClient(baseUrl).login(ownerKey)
  const owned = stack.move()
  return {
    baseUrl,
    dataDirectory: folder.path,
    ownerKey,
    owner,
    cast: new Cast(owner),
    get model() {
      if (model === undefined) throw new Error('Booted without a model server')
      return model
    },
    stranger: () => new WorkspaceClient(baseUrl),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
