import { freePort } from '../network/free-port.ts'
import { ParleyProcess, type SpawnOptions } from './parley-process.ts'
import { TempFolder } from './temp-folder.ts'

export interface SpawnedParley extends AsyncDisposable {
  /** The process running now; replaced by {@link SpawnedParley.again}. */
  readonly process: ParleyProcess
  readonly dataDirectory: string
  /** Starts it again on the same folder and port once it has ended; becomes `process`. */
  again(env?: SpawnOptions['env']): Promise<ParleyProcess>
}

/** Starts the server from source as its own process: fresh data folder, free port, generous limits. */
export async function spawnParley(options: Partial<SpawnOptions> = {}): Promise<SpawnedParley> {
  const folder = await TempFolder.create()
  let current: ParleyProcess
  try {
    current = await ParleyProcess.start({
      port: await freePort(),
      dataDirectory: folder.path,
      ownerKey: 'the-owner-key-of-tests',
      ...options,
    })
  } catch (error) {
    await folder[Symbol.asyncDispose]()
    throw error
  }
  return {
    get process() {
      return current
    },
    dataDirectory: current.options.dataDirectory,
    async again(env = {}) {
      current = await current.restart(env)
      return current
    },
    async [Symbol.asyncDispose]() {
      await current.kill()
      await folder[Symbol.asyncDispose]()
    },
  }
}
