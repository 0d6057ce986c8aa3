/** What only a real process can show: kills, signals, restarts, ports, settings, log output. */

import { once } from 'node:events'
import { readdir, readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type Message, markRead, putChannelPreferences, retryAnswer, updateSettings } from '@parley/protocol/workspace'
import {
  createGate,
  failures,
  freePort,
  type ModelServer,
  ParleyProcess,
  type SpawnedParley,
  say,
  spawnParley,
  startModelServer,
  TempFolder,
  until,
  type WorkspaceClient,
} from '@parley/testkit'
import { describe, expect, test } from 'vitest'

const withModel = (model: ModelServer, env: Record<string, string> = {}): Promise<SpawnedParley> =>
  spawnParley({ env: { OPENAI_BASE_URL: `${model.url}/v1`, PARLEY_DEFAULT_MODEL: 'test-model', ...env } })

const agentId = async (client: WorkspaceClient): Promise<string> => (await client.agents())[0]?.id ?? ''

describe('D1 kill -9', () => {
  test('LOG-10 every acknowledged message is there after SIGKILL, once, in order', async () => {
    await using parley = await spawnParley()
    const owner = await parley.process.owner()
    const group = await owner.group()
    const acknowledged: { id: string; seq: number; content: string }[] = []
    const posting = Array.from({ length: 12 }, async (_, worker) => {
      for (let i = 0; ; i++) {
        const content = `${worker}-${i}`
        try {
          acknowledged.push({ ...(await owner.say(group.id, content)), content })
        } catch {
          return
        }
      }
    })
    await until(() => acknowledged.length > 300, '300 acknowledged messages', 15_000)
    await parley.process.kill()
    await Promise.all(posting)
    const again = await parley.again()
    const back = await again.owner()
    const history = await back.history(group.id)
    const byId = new Map(history.map((message) => [message.id, message]))
    for (const { id, seq, content } of acknowledged) expect(byId.get(id)).toMatchObject({ seq, content })
    expect(new Set(history.map((message) => message.content)).size).toBe(history.length)
    const seqs = history.map((message) => message.seq)
    expect(seqs).toEqual(seqs.map((_, i) => (seqs[0] ?? 0) + i))
    for (let worker = 0; worker < 12; worker++) {
      const own = history.map((message) => message.content).filter((content) => content.startsWith(`${worker}-`))
      expect(own).toEqual(own.map((_, i) => `${worker}-${i}`))
    }
  })

  test('D2 SIGKILL in the middle of an answer: the partial text stays as one visible, retryable failure', async () => {
    await using model = await startModelServer()
    await using parley = await withModel(model)
    const owner = await parley.process.owner()
    const dm = await owner.dm({ agentId: await agentId(owner) })
    const socket = await owner.listen(dm.id)
    model.reply(say('this much was written, and the rest never came', { chunkSize: 8, stallAfter: 4 }))
    const asked = await owner.say(dm.id, 'long story')
    const waiting = await owner.say(dm.id, 'next question')
    const { messageId } = (await socket.next('stream_start')).data
    await socket.until(() => (socket.journal.streamed(messageId) ?? '').length > 10, 'text')
    const seen = socket.journal.streamed(messageId) ?? ''
    // The durable copy is written about twice a second.
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    await parley.process.kill()
    model.rule(() => say('answered after the crash'))
    const again = await parley.again()
    const back = await again.owner()
    const answerTo = async (id: string): Promise<Message | undefined> =>
      (await back.history(dm.id)).find((message) => message.metadata.answer?.triggerId === id)
    const second = await until(async () => {
      const answer = await answerTo(waiting.id)
      return answer?.metadata.answer?.status === 'done' ? answer : undefined
    }, 'the answer to the next question')
    expect(second.content).toBe('answered after the crash')
    const history = await back.history(dm.id)
    expect(history.filter((message) => message.metadata.answer?.triggerId === asked.id)).toHaveLength(1)
    const first = await answerTo(asked.id)
    if (first?.metadata.answer?.status === 'failed') {
      expect(first).toMatchObject({
        id: messageId,
        metadata: { answer: { failure: { class: 'interrupted', retryable: true } } },
      })
      expect(first.content.length).toBeGreaterThan(0)
      expect('this much was written, and the rest never came'.startsWith(first.content)).toBe(true)
      expect(seen.startsWith(first.content) || first.content.startsWith(seen)).toBe(true)
      await back.call(retryAnswer, { params: { id: first.id }, body: {} })
      const retried = await until(async () => {
        const answer = await answerTo(asked.id)
        return answer?.metadata.answer?.status === 'done' ? answer : undefined
      }, 'the retried answer')
      expect(retried).toMatchObject({ id: messageId, content: 'answered after the crash' })
    } else
      expect(first).toMatchObject({ content: 'answered after the crash', metadata: { answer: { status: 'done' } } })
    await socket.close()
  })

  test('D2 SIGKILL before the first word: the answer simply runs again, once, in the same place', async () => {
    await using model = await startModelServer()
    await using parley = await withModel(model)
    const owner = await parley.process.owner()
    const dm = await owner.dm({ agentId: await agentId(owner) })
    const gate = createGate()
    model.reply(say('never sent', { gate, gateAfter: 0 }))
    const asked = await owner.say(dm.id, 'question')
    await model.completion(0)
    await parley.process.kill()
    gate.open()
    model.rule(() => say('after the restart'))
    const back = await (await parley.again()).owner()
    const answers = await until(async () => {
      const all = (await back.history(dm.id)).filter((message) => message.metadata.answer?.triggerId === asked.id)
      return all.length > 0 && all.every((message) => message.metadata.answer?.status === 'done') ? all : undefined
    }, 'the answer')
    expect(answers.map((answer) => answer.content)).toEqual(['after the restart'])
  })

  test('D1 killed again and again while people write: nothing acknowledged is lost, nothing doubled', async () => {
    await using parley = await spawnParley()
    let owner = await parley.process.owner()
    const group = await owner.group()
    const acknowledged: string[] = []
    let sent = 0
    for (let round = 0; round < 4; round++) {
      const stop = new AbortController()
      const writers = Array.from({ length: 4 }, async () => {
        while (!stop.signal.aborted) {
          const content = `${sent++}`
          // The same client id until it is acknowledged, like an outbox.
          for (let attempt = 0; attempt < 400; attempt++) {
            try {
              await owner.say(group.id, content, { clientId: content })
              acknowledged.push(content)
              break
            } catch {
              await new Promise((resolve) => setTimeout(resolve, 25))
            }
          }
        }
      })
      await until(() => acknowledged.length > (round + 1) * 40, 'some messages', 15_000)
      await parley.process.kill()
      const token = owner.token ?? ''
      const next = await parley.again()
      owner = next.client()
      owner.cookies.set('session', token)
      await until(() => acknowledged.length > (round + 1) * 40 + 20, 'messages after the restart', 15_000)
      stop.abort()
      await Promise.all(writers)
    }
    const contents = (await owner.history(group.id)).map((message) => message.content)
    expect(new Set(contents).size).toBe(contents.length)
    expect(contents).toEqual(expect.arrayContaining(acknowledged))
    expect(contents).toHaveLength(sent)
  }, 60_000)
})

describe('RT-8#19 SIGTERM', () => {
  test('RT-8#19 while answering: ends within ten seconds with code 0 and the answer finished or marked', async () => {
    await using model = await startModelServer()
    await using parley = await withModel(model)
    const owner = await parley.process.owner()
    const dm = await owner.dm({ agentId: await agentId(owner) })
    const socket = await owner.listen(dm.id)
    model.reply(say('begun but never finished', { chunkSize: 5, stallAfter: 3 }))
    const asked = await owner.say(dm.id, 'go')
    const { messageId } = (await socket.next('stream_start')).data
    await socket.until(() => (socket.journal.streamed(messageId) ?? '').length > 0, 'text')
    const started = Date.now()
    const exit = await parley.process.stop('SIGTERM', 12_000)
    expect(exit).toEqual({ code: 0, signal: null })
    expect(Date.now() - started).toBeLessThan(12_000)
    expect([1012, 1001]).toContain((await socket.gone()).code)
    model.rule(() => say('whole answer'))
    const back = await (await parley.again()).owner()
    const answers = await until(async () => {
      const all = (await back.history(dm.id)).filter((message) => message.metadata.answer?.triggerId === asked.id)
      return all.length > 0 && all.every((message) => message.metadata.answer?.status !== 'streaming') ? all : undefined
    }, 'a settled answer')
    expect(answers).toHaveLength(1)
    const { status, failure } = answers[0]?.metadata.answer ?? {}
    if (status === 'failed') expect(failure).toMatchObject({ class: 'interrupted', retryable: true })
    else expect(['done', 'stopped']).toContain(status)
  }, 45_000)

  test('RT-8#19 an answer that ends within the grace is stored whole', async () => {
    await using model = await startModelServer()
    await using parley = await withModel(model)
    const owner = await parley.process.owner()
    const dm = await owner.dm({ agentId: await agentId(owner) })
    const socket = await owner.listen(dm.id)
    model.reply(say('a short answer that takes a moment', { chunkSize: 5, paceMs: 120 }))
    const asked = await owner.say(dm.id, 'go')
    await socket.next('stream_start')
    await parley.process.stop('SIGTERM')
    const back = await (await parley.again()).owner()
    const answer = (await back.history(dm.id)).find((message) => message.metadata.answer?.triggerId === asked.id)
    expect(answer).toMatchObject({
      content: 'a short answer that takes a moment',
      metadata: { answer: { status: 'done' } },
    })
    expect(model.completions).toHaveLength(1)
  }, 45_000)

  test('RT-8#19 idle, with open sockets and keep-alive connections: ends at once with code 0', async () => {
    await using parley = await spawnParley()
    const owner = await parley.process.owner()
    const socket = await owner.listen()
    expect(await parley.process.stop('SIGTERM', 8_000)).toEqual({ code: 0, signal: null })
    expect([1012, 1001]).toContain((await socket.gone()).code)
  })

  test('RT-8#19 SIGINT does the same', async () => {
    await using parley = await spawnParley()
    expect(await parley.process.stop('SIGINT', 8_000)).toEqual({ code: 0, signal: null })
  })
})

describe('a restart keeps everything', () => {
  test('WS-1.1 sessions, channels, unread marks, drafts, settings and personas survive', async () => {
    await using parley = await spawnParley()
    const owner = await parley.process.owner()
    const group = await owner.group({ name: 'Kept' })
    const { seq } = await owner.say(group.id, 'kept text')
    await owner.call(markRead, { params: { id: group.id }, body: { seq } })
    await owner.call(putChannelPreferences, { params: { id: group.id }, body: { draft: 'half', pinned: true } })
    await owner.call(updateSettings, { body: { appName: 'Kept name' } })
    const before = { channels: await owner.channels(), agents: await owner.agents(), me: await owner.me() }
    await parley.process.stop('SIGTERM')
    const again = await parley.again()
    const back = again.client()
    back.cookies.set('session', owner.token ?? '')
    expect({
      channels: await back.channels(),
      agents: await back.agents(),
      me: { ...(await back.me()), status: before.me.status },
    }).toEqual(before)
    expect((await back.request('GET', '/api/me')).json).toMatchObject({ appName: 'Kept name' })
  })

  test('WS-11.4 without OWNER_KEY the first start prints a key once; it logs in now and after a restart', async () => {
    await using folder = await TempFolder.create()
    const port = await freePort()
    const options = { port, dataDirectory: folder.path, ownerKey: 'unused', env: { OWNER_KEY: undefined } }
    await using first = await ParleyProcess.start(options)
    const key = await until(() => /^ +([0-9a-z]{4}(?:-[0-9a-z]{4}){7})$/m.exec(first.output)?.[1], 'a printed key')
    await first.client().login(key)
    await first.stop()
    await using second = await first.restart()
    await second.client().login(key)
    expect(second.output).not.toContain(key)
    for (const entry of await readdir(folder.path, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) expect((await readFile(join(entry.parentPath, entry.name))).includes(key)).toBe(false)
    }
  })

  test('WS-11.1#8 the data folder and the secrets in it are for the owner’s eyes', async () => {
    await using parley = await spawnParley()
    await (await parley.process.owner()).group()
    for (const entry of await readdir(parley.dataDirectory, { withFileTypes: true })) {
      if (!entry.isFile() || !/\.(db|key|json)/.test(entry.name)) continue
      const { mode } = await stat(join(parley.dataDirectory, entry.name))
      expect(mode & 0o077, entry.name).toBe(0)
    }
  })
})

describe('starting up', () => {
  test('WS-11.1#10 a taken port: exit code 1, one clear line, and the other process lives', async () => {
    const other = createServer((_, response) => response.end('still here'))
    other.listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    await using folder = await TempFolder.create()
    await using parley = ParleyProcess.launch({ port, dataDirectory: folder.path, ownerKey: 'some-owner-key' })
    expect(await parley.ended()).toEqual({ code: 1, signal: null })
    expect(parley.output).toContain(String(port))
    expect(parley.output).toMatch(/port|address|in use|taken/i)
    expect(parley.output).not.toMatch(/\n\s+at /)
    expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('still here')
    other.close()
  })

  test.each([
    ['PARLEY_PORT', 'eighty'],
    ['PARLEY_PORT', '70000'],
    ['PARLEY_MESSAGE_RATE', 'fast'],
    ['PARLEY_LOG_LEVEL', 'loud'],
    ['PARLEY_PUBLIC_URL', 'ftp://x'],
    ['OPENAI_BASE_URL', 'nowhere'],
    ['PARLEY_TYPO', '1'],
    ['OWNER_KEY', 'abc'],
  ])(
    'RT-8#96 %s=%s is refused by name, with code 1 and without a stack or the value of a secret',
    async (name, value) => {
      await using folder = await TempFolder.create()
      await using parley = ParleyProcess.launch({
        port: await freePort(),
        dataDirectory: folder.path,
        ownerKey: 'some-owner-key',
        env: { [name]: value },
      })
      expect(await parley.ended()).toEqual({ code: 1, signal: null })
      expect(parley.output).toContain(name)
      expect(parley.output).not.toMatch(/\n\s+at /)
      if (name === 'OWNER_KEY') expect(parley.output).not.toContain("'abc'")
      expect(await readdir(folder.path)).toEqual([])
    },
  )

  test('WS-11.1#10 it listens on loopback unless told otherwise, and says where', async () => {
    await using folder = await TempFolder.create()
    const port = await freePort()
    await using parley = await ParleyProcess.start({
      port,
      dataDirectory: folder.path,
      ownerKey: 'some-owner-key',
      env: { PARLEY_HOST: undefined },
    })
    expect(parley.output).toContain(`127.0.0.1:${port}`)
    const { networkInterfaces } = await import('node:os')
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((each) => each?.family === 'IPv4' && !each.internal)
    if (outside !== undefined) await expect(fetch(`http://${outside.address}:${port}/health`)).rejects.toThrow()
    await expect(fetch(`http://127.0.0.1:${port}/health`)).resolves.toMatchObject({ status: 200 })
  })

  test('a second server on the same data folder is refused, or both keep the log gap-free', async () => {
    await using parley = await spawnParley()
    await using second = ParleyProcess.launch({ ...parley.process.options, port: await freePort() })
    const exit = await second.ended(8_000).catch(() => undefined)
    expect(exit?.code).toBe(1)
    expect(second.output).toMatch(/data|folder|already|lock/i)
    expect((await (await parley.process.owner()).channels()).length).toBeGreaterThanOrEqual(0)
  })
})

describe('WS-11.1#8 the log', () => {
  test('WS-11.1#8 no message text, key, token, password or file content is ever logged, even at trace', async () => {
    await using model = await startModelServer({ apiKey: 'sk-CANARY-MODEL-KEY' })
    await using parley = await withModel(model, { PARLEY_LOG_LEVEL: 'trace', OPENAI_API_KEY: 'sk-CANARY-MODEL-KEY' })
    const owner = await parley.process.owner()
    const dm = await owner.dm({ agentId: await agentId(owner) })
    const socket = await owner.listen(dm.id)
    model.reply(say('CANARY-ANSWER'))
    await socket.answersTo((await owner.say(dm.id, 'CANARY-MESSAGE')).id)
    model.reply(failures.unauthorized())
    await socket.answersTo((await owner.say(dm.id, 'CANARY-FAILS')).id)
    await owner.call(updateSettings, {
      body: {
        providers: [
          {
            id: 'p',
            kind: 'openai-compatible',
            name: 'P',
            baseUrl: `${model.url}/v1`,
            apiKey: 'sk-CANARY-STORED',
            models: [],
          },
        ],
      },
    })
    await parley.process.client().request('POST', '/api/login', { body: { password: 'CANARY-PASSWORD' } })
    await owner.request('POST', '/api/messages', {
      rawBody: '{"content":"CANARY-BROKEN',
      headers: { 'content-type': 'application/json' },
    })
    await owner.request('POST', '/api/messages', { body: { channelId: 'ch_none', content: 'CANARY-REFUSED' } })
    await owner.tryUpload('CANARY.txt', new Uint8Array(Buffer.from('CANARY-BYTES')), 'text/plain')
    socket.sendRaw('{"type":"send","content":"CANARY-FRAME"')
    await socket.next('error')
    await socket.close()
    await parley.process.stop()
    const { output } = parley.process
    expect(output.length).toBeGreaterThan(0)
    for (const canary of [
      'ANSWER',
      'MESSAGE',
      'FAILS',
      'MODEL-KEY',
      'STORED',
      'PASSWORD',
      'BROKEN',
      'REFUSED',
      'BYTES',
      'FRAME',
    ]) {
      expect(output, canary).not.toContain(`CANARY-${canary}`)
    }
    expect(output).not.toContain(owner.token)
    expect(output).not.toContain(parley.process.options.ownerKey)
  })
})
