/** What `npm start` runs is a bundle: the parts it loads late, or leaves outside, must be there when they are needed. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Message, updateSettings } from '@parley/protocol/workspace'
import {
  callTools,
  freePort,
  OWNER_KEY,
  png,
  say,
  spawnParley,
  startModelServer,
  TempFolder,
  until,
  type WorkspaceClient,
} from '@parley/testkit'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/lib/ensure-built.mjs'

const root = resolve(import.meta.dirname, '../..')

let stack: AsyncDisposableStack
beforeAll(() => ensureBuilt(['web', 'server']), 120_000)
beforeEach(() => {
  stack = new AsyncDisposableStack()
})
afterEach(() => stack.disposeAsync())

test('WS-13 the first load of the web app stays within its budget', async () => {
  const sizes = spawn(process.execPath, [join(root, 'packages/web/scripts/size.mjs')], { stdio: 'ignore' })
  const [code] = (await once(sizes, 'exit')) as [number]
  expect(code).toBe(0)
})

async function answerTo(client: WorkspaceClient, text: string): Promise<Message> {
  const [agent] = await client.agents()
  const dm = await client.dm({ agentId: agent?.id ?? '' })
  const socket = await client.listen(dm.id)
  const { id } = await client.say(dm.id, text)
  const [answer] = (await socket.answersTo(id, 1, 15_000)) as [Message]
  await socket.close()
  return answer
}

describe('the bundle', () => {
  const start = (env: Record<string, string> = {}) => spawnParley({ entry: join(root, 'dist/server/main.js'), env })

  test('serves the app, its interface description with the viewer, and figures', async () => {
    const parley = stack.use(await start())
    const owner = await parley.process.owner()
    for (const [path, type] of [
      ['/', 'text/html'],
      ['/api/docs', 'text/html'],
      ['/api/docs/viewer/swagger-ui.css', 'text/css'],
      ['/api/docs/viewer/swagger-ui-bundle.js', 'text/javascript'],
      ['/api/openapi.json', 'application/json'],
      ['/metrics', 'text/plain'],
    ] as const) {
      const reply = await owner.request('GET', path)
      expect([path, reply.status, reply.headers.get('content-type')?.split(';')[0]]).toEqual([path, 200, type])
    }
    const page = (await owner.request('GET', '/')).text
    const script = /<script[^>]+src="([^"]+)"/g
    const sources = [...page.matchAll(script)].map((match) => match[1] ?? '')
    expect(sources.length).toBeGreaterThan(0)
    for (const source of sources) expect((await owner.request('GET', source)).status).toBe(200)
  })

  test('reads its settings file and measures images', async () => {
    const folder = stack.use(await TempFolder.create())
    writeFileSync(join(folder.path, 'parley.yaml'), 'PARLEY_LOG_LEVEL: debug\n')
    const env = { PARLEY_CONFIG: join(folder.path, 'parley.yaml') }
    const owner = await stack.use(await start(env)).process.owner()
    expect(await owner.upload('p.png', png(3, 2), 'image/png')).toMatchObject({
      mime: 'image/png',
      width: 3,
      height: 2,
    })
  })

  test('answers through an OpenAI-compatible server, with tools', async () => {
    const model = stack.use(await startModelServer())
    const env = { OPENAI_BASE_URL: `${model.url}/v1`, PARLEY_DEFAULT_MODEL: 'test-model' }
    const owner = await stack.use(await start(env)).process.owner()
    const [agent] = await owner.agents()
    await owner.request('PUT', `/api/agents/${agent?.id}`, { body: { tools: ['current_time', 'fetch_page'] } })
    const calls = [
      { name: 'current_time', arguments: {} },
      { name: 'fetch_page', arguments: { url: 'http://127.0.0.1/' } },
    ]
    model.reply(callTools(calls), say('Done.'))
    const answer = await answerTo(owner, 'go')
    expect(answer.content).toBe('Done.')
    // The second is loaded and refuses: agents may not read addresses of this machine.
    expect(answer.metadata.answer?.tools?.map((step) => [step.toolName, step.status])).toEqual([
      ['current_time', 'completed'],
      ['fetch_page', 'error'],
    ])
  })

  test.each(['anthropic', 'google'] as const)('answers through %s', async (kind) => {
    const model = stack.use(await startModelServer({ flavour: kind }))
    const owner = await stack.use(await start()).process.owner()
    const baseUrl = kind === 'google' ? `${model.url}/v1beta` : `${model.url}/v1`
    const provider = { id: 'vendor', kind, name: 'Vendor', baseUrl, apiKey: 'key', models: [{ name: 'test-model' }] }
    await owner.call(updateSettings, { body: { providers: [provider], defaultModel: 'vendor/test-model' } })
    model.reply(say('Good day.'))
    expect((await answerTo(owner, 'hello')).content).toBe('Good day.')
  })
})

describe('npm start', () => {
  interface Started {
    readonly url: string
    readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
    kill(whom: 'npm' | 'everybody', signal: NodeJS.Signals): void
  }

  async function start(env: Record<string, string> = {}): Promise<Started> {
    const folder = stack.use(await TempFolder.create())
    const port = await freePort()
    const settings = { OWNER_KEY, PARLEY_PORT: String(port), PARLEY_DATA: join(folder.path, 'data') }
    const child = spawn('npm', ['start'], {
      cwd: root,
      detached: true,
      stdio: 'ignore',
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...settings, ...env },
    })
    const pid = child.pid ?? 0
    stack.defer(() => {
      // The group outlives npm when a test kills npm alone.
      try {
        process.kill(-pid, 'SIGKILL')
      } catch {
        // Everybody is gone already.
      }
    })
    return {
      url: `http://127.0.0.1:${port}`,
      exited: once(child, 'exit').then(([code, signal]) => ({ code, signal })),
      kill: (whom, signal) => void process.kill(whom === 'npm' ? pid : -pid, signal),
    }
  }

  const answers = (url: string): Promise<boolean> =>
    fetch(`${url}/health`).then(
      (reply) => reply.status === 200,
      () => false,
    )

  test.each([
    ['SIGTERM', 'npm'],
    ['SIGTERM', 'everybody'],
    ['SIGINT', 'everybody'],
  ] as const)('runs the server until %s to %s, and ends in order', async (signal, whom) => {
    const started = await start()
    await until(() => answers(started.url), 'a healthy server', 20_000)
    started.kill(whom, signal)
    await started.exited
    expect(await answers(started.url)).toBe(false)
  })

  test('leaves no server behind when npm is killed', async () => {
    const started = await start()
    await until(() => answers(started.url), 'a healthy server', 20_000)
    started.kill('npm', 'SIGKILL')
    expect(await until(async () => !(await answers(started.url)), 'the end of the server', 15_000)).toBe(true)
  })

  test('passes on the exit code of a server that cannot start', async () => {
    const started = await start({ PARLEY_PORT: 'eighty' })
    expect(await started.exited).toEqual({ code: 1, signal: null })
  })
})
