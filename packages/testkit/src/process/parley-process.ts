/** The whole product as a separate process, for tests that kill it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { fileURLToPath } from 'node:url'
import { sleep } from '@parley/base'
import { WorkspaceClient } from '../workspace/client.ts'

export interface ExitInfo {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface SpawnOptions {
  readonly port: number
  readonly dataDirectory: string
  readonly ownerKey: string
  /** Further settings by name; undefined removes a default of this kit. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Script to run with the Node of this process; the server's `main.ts` unless told otherwise. */
  readonly entry?: string
  /** Options of Node itself, e.g. `--cpu-prof`. */
  readonly nodeOptions?: readonly string[]
  /** Milliseconds until the first 200 of /health. */
  readonly readyTimeout?: number
}

const SOURCE_ENTRY = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url))

export class ParleyProcess {
  readonly baseUrl: string
  readonly options: SpawnOptions
  /** Milliseconds from spawn to the first 200 of /health. */
  readyAfter = Number.NaN
  readonly #child: ChildProcess
  readonly #exited: Promise<ExitInfo>
  #output = ''
  #exit: ExitInfo | undefined

  private constructor(child: ChildProcess, options: SpawnOptions) {
    this.#child = child
    this.options = options
    this.baseUrl = `http://127.0.0.1:${options.port}`
    child.stdout?.on('data', (data: Buffer) => {
      this.#output += data.toString('utf8')
    })
    child.stderr?.on('data', (data: Buffer) => {
      this.#output += data.toString('utf8')
    })
    this.#exited = once(child, 'close').then(([code, signal]) => {
      this.#exit = { code, signal }
      return this.#exit
    })
  }

  /** Starts the process without waiting for anything. */
  static launch(options: SpawnOptions): ParleyProcess {
    const child = spawn(process.execPath, [...(options.nodeOptions ?? []), options.entry ?? SOURCE_ENTRY], {
      cwd: options.dataDirectory,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: environment(options),
    })
    return new ParleyProcess(child, options)
  }

  /** Starts the process and waits until it answers. Throws with its output when it ends first. */
  static async start(options: SpawnOptions): Promise<ParleyProcess> {
    const started = performance.now()
    const parley = ParleyProcess.launch(options)
    const deadline = started + (options.readyTimeout ?? 20_000)
    while (!(await parley.#healthy())) {
      if (parley.#exit === undefined && performance.now() < deadline) {
        await sleep(3)
        continue
      }
      await parley.kill()
      throw new Error(`The server did not start (${JSON.stringify(parley.#exit)}):\n${parley.output}`)
    }
    parley.readyAfter = performance.now() - started
    return parley
  }

  get pid(): number {
    return this.#child.pid as number
  }

  /** Everything it wrote to stdout and stderr so far. */
  get output(): string {
    return this.#output
  }

  /** Undefined while it runs. */
  get exit(): ExitInfo | undefined {
    return this.#exit
  }

  /** Sends a signal and waits for the end. Throws, after a SIGKILL, when that takes longer than `timeout` milliseconds. */
  async stop(signal: NodeJS.Signals = 'SIGTERM', timeout = 15_000): Promise<ExitInfo> {
    if (this.#exit === undefined) this.#child.kill(signal)
    return this.ended(timeout)
  }

  async ended(timeout = 15_000): Promise<ExitInfo> {
    const done = new AbortController()
    const exit = await Promise.race([this.#exited, sleep(timeout, done.signal).catch(() => undefined)])
    done.abort()
    if (exit) return exit
    await this.kill()
    throw new Error(`The server did not end within ${timeout} ms:\n${this.#output}`)
  }

  /** SIGKILL: no handler of the process runs. */
  async kill(): Promise<void> {
    if (this.#exit === undefined) this.#child.kill('SIGKILL')
    await this.#exited
  }

  /** The same data folder and port again, after the process has ended. */
  restart(env: SpawnOptions['env'] = {}): Promise<ParleyProcess> {
    return ParleyProcess.start({ ...this.options, env: { ...this.options.env, ...env } })
  }

  client(): WorkspaceClient {
    return new WorkspaceClient(this.baseUrl)
  }

  /** A client logged in as the owner. */
  owner(): Promise<WorkspaceClient> {
    return this.client().login(this.options.ownerKey)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill()
  }

  /** Asked every few milliseconds while the process starts, so it must leave the processor to it. */
  #healthy(): Promise<boolean> {
    return new Promise((resolve) => {
      const call = get({ host: '127.0.0.1', port: this.options.port, path: '/health', agent: false, timeout: 1_000 })
      call.on('response', (response) => {
        response.resume()
        resolve(response.statusCode === 200)
      })
      call.on('timeout', () => call.destroy())
      call.on('error', () => resolve(false))
    })
  }
}

function environment(options: SpawnOptions): NodeJS.ProcessEnv {
  const env: Record<string, string> = {
    PATH: process.env['PATH'] ?? '',
    HOME: options.dataDirectory,
    PARLEY_HOST: '127.0.0.1',
    PARLEY_PORT: String(options.port),
    PARLEY_DATA: options.dataDirectory,
    OWNER_KEY: options.ownerKey,
    PARLEY_MESSAGE_RATE: '100000/100000',
  }
  for (const [name, value] of Object.entries(options.env ?? {})) {
    if (value === undefined) delete env[name]
    else env[name] = value
  }
  return env
}
