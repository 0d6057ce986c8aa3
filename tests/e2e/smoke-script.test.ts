/** The documented script (spec/workspace §1.6), run with curl and a plain WebSocket client: nothing of ours in between. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bootParley, type Parley, TempFolder } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const run = promisify(execFile)

describe('WS-1.6 the documented smoke script', () => {
  let parley: Parley
  let folder: TempFolder
  let jar: string
  const curl = async (...args: string[]): Promise<string> =>
    (await run('curl', ['-sS', '--max-time', '10', ...args])).stdout

  beforeAll(async () => {
    parley = await bootParley({ model: false, ownerKey: 'admin' })
    folder = await TempFolder.create()
    jar = join(folder.path, 'cookies.txt')
  })
  afterAll(async () => {
    await parley[Symbol.asyncDispose]()
    await folder[Symbol.asyncDispose]()
  })

  test('WS-1.6 login with a cookie jar, list the agents, post to the coder, read the history', async () => {
    const login = await curl(
      '-X',
      'POST',
      `${parley.baseUrl}/api/login`,
      '-H',
      'Content-Type: application/json',
      '-d',
      '{"password": "admin"}',
      '-c',
      jar,
    )
    expect(JSON.parse(login)).toEqual({ ok: true })
    const { agents } = JSON.parse(await curl(`${parley.baseUrl}/api/agents`, '-b', jar)) as {
      agents: { id: string; name: string; aliases: string[] }[]
    }
    const coder = agents.find((agent) => agent.name === '代码助手' || agent.aliases.includes('代码助手'))
    expect(coder, 'an agent that answers to 代码助手').toBeDefined()
    const made = await curl(
      '-X',
      'POST',
      `${parley.baseUrl}/api/channels`,
      '-H',
      'Content-Type: application/json',
      '-b',
      jar,
      '-d',
      JSON.stringify({ name: 'smoke', type: 'group', agentIds: [coder?.id] }),
    )
    const { id: channelId } = JSON.parse(made) as { id: string }
    const posted = await curl(
      '-X',
      'POST',
      `${parley.baseUrl}/api/messages`,
      '-H',
      'Content-Type: application/json',
      '-b',
      jar,
      '-d',
      JSON.stringify({ channelId, content: '@代码助手 hello', type: 'text' }),
    )
    expect(JSON.parse(posted)).toMatchObject({ id: expect.stringMatching(/^msg_/), ok: true })
    const page = JSON.parse(
      await curl(`${parley.baseUrl}/api/messages?channelId=${channelId}&limit=10`, '-b', jar),
    ) as { messages: { content: string }[] }
    expect(page.messages[0]?.content).toBe('@代码助手 hello')
    const token = /session\t([0-9a-f]{64})/.exec(await readFile(jar, 'utf8'))?.[1] ?? ''
    const frames = await wscat(parley.baseUrl, token, channelId, () =>
      curl(
        '-X',
        'POST',
        `${parley.baseUrl}/api/messages`,
        '-H',
        'Content-Type: application/json',
        '-b',
        jar,
        '-d',
        JSON.stringify({ channelId, content: '@代码助手 again', type: 'text' }),
      ),
    )
    const types = frames.map((frame) => frame.type)
    expect(types[0]).toBe('auth_ok')
    for (const type of ['message', 'stream_start', 'stream_chunk', 'stream_end']) expect(types).toContain(type)
    expect(frames.find((frame) => frame.type === 'message')).toMatchObject({
      data: { channelId, content: '@代码助手 again', type: 'text' },
    })
  })

  test('WS-1.6 a wrong password prints the documented error', async () => {
    const reply = await curl(
      '-X',
      'POST',
      `${parley.baseUrl}/api/login`,
      '-H',
      'Content-Type: application/json',
      '-d',
      '{"password": "nope"}',
      '-w',
      '\n%{http_code}',
    )
    const [body = '', status] = reply.split('\n')
    expect(status).toBe('401')
    expect(JSON.parse(body)).toMatchObject({ error: 'Invalid password' })
  })
})

/** What the wscat lines of the script do: Cookie on the upgrade, then auth, then subscribe, then listen. */
function wscat(
  baseUrl: string,
  token: string,
  channelId: string,
  afterSubscribe: () => Promise<unknown>,
): Promise<{ type: string }[]> {
  return new Promise((resolve, reject) => {
    const frames: { type: string }[] = []
    // Node's own client; `headers` is its extension.
    const options = { headers: { Cookie: `session=${token}` } } as unknown as string[]
    const ws = new WebSocket(`${baseUrl.replace('http', 'ws')}/ws`, options)
    const timer = setTimeout(() => reject(new Error(`Only these frames came: ${JSON.stringify(frames)}`)), 15_000)
    ws.addEventListener('error', () => reject(new Error('The socket failed')))
    ws.addEventListener('open', () => ws.send(JSON.stringify({ type: 'auth', token })))
    ws.addEventListener('message', ({ data }) => {
      const frame = JSON.parse(String(data)) as { type: string }
      frames.push(frame)
      if (frame.type === 'auth_ok') {
        ws.send(JSON.stringify({ type: 'subscribe', channelId }))
        setTimeout(() => void afterSubscribe().catch(reject), 200)
      }
      if (frame.type !== 'stream_end') return
      clearTimeout(timer)
      ws.close()
      resolve(frames)
    })
  })
}
