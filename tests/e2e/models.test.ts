import { getSettings, type Message, type ProviderInput, testProvider, updateSettings } from '@parley/protocol/workspace'
import {
  bootParley,
  contextOverflow,
  failures,
  http,
  type ModelServer,
  type Parley,
  type Reply,
  reset,
  say,
  startModelServer,
} from '@parley/testkit'
import { describe, expect, test } from 'vitest'
import { useParley } from './use-parley.ts'

const parley = useParley()

async function answerOf(server: Parley, agentName: string, text = 'hello'): Promise<Message> {
  const agent = await server.cast.agent(server.cast.name(agentName))
  const dm = await server.owner.dm({ agentId: agent.id })
  const socket = await server.owner.listen(dm.id)
  const { id } = await server.owner.say(dm.id, text)
  const [answer] = (await socket.answersTo(id, 1, 25_000)) as [Message]
  await socket.close()
  return answer
}

describe('RT-7.5 failures of the model are visible and retryable, and leak nothing', () => {
  const always = (reply: Reply): Reply[] => Array.from({ length: 6 }, () => reply)
  test.each<[string, string, Reply[]]>([
    ['auth', 'a refused key', always(failures.unauthorized())],
    ['auth', 'a forbidden model', always(failures.forbidden())],
    ['model_missing', 'an unknown model', always(failures.modelMissing())],
    ['rate_limited', 'a used-up quota', always(failures.quotaExhausted())],
    ['server', 'a 500', always(failures.serverError())],
    ['server', 'a proxy’s HTML page', always(failures.htmlBadGateway())],
    ['unreachable', 'a reset connection', always(reset)],
    ['context_overflow', 'a conversation too long', always(contextOverflow.openai())],
    ['bad_request', 'a rejected request', always(http(400, { error: { message: 'SECRET-DETAIL of the vendor' } }))],
    ['empty', 'an empty answer', always(say(''))],
    ['content_filter', 'a filtered answer', always(say('', { finishReason: 'content_filter' }))],
    ['server', 'an answer that breaks off', always(say('half an ans', { chunkSize: 4, resetAfter: 3 }))],
  ])('RT-7.5 %s: %s', async (kind, _, replies) => {
    // Its own server: the circuit breaker must not carry one failure into the next case.
    await using own = await bootParley()
    own.model.reply(...replies)
    const answer = await answerOf(own, 'Failing')
    expect(answer.metadata.answer).toMatchObject({
      status: 'failed',
      failure: { class: kind, message: expect.stringMatching(/^[A-Z].*\.$/), retryable: kind !== 'content_filter' },
    })
    const text = JSON.stringify(answer)
    for (const leak of ['sk-', 'nginx', '<html', 'SECRET-DETAIL', 'ECONNRESET', '    at ', own.dataDirectory]) {
      expect(text).not.toContain(leak)
    }
    own.model.clear()
    const next = await answerOf(own, 'Healthy')
    expect(['done', 'failed']).toContain(next.metadata.answer?.status)
  })

  test('RT-7.5 a model server that is down: the failure says so, and it recovers by itself', async () => {
    const port = await (await import('@parley/testkit')).freePort()
    await using own = await bootParley({
      model: false,
      env: { OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`, PARLEY_DEFAULT_MODEL: 'test-model' },
    })
    const failed = await answerOf(own, 'Lost')
    expect(failed.metadata.answer?.failure?.class).toBe('unreachable')
    await using model: ModelServer = await startModelServer({ port })
    model.rule(() => say('back again'))
    const answer = await answerOf(own, 'Found')
    expect(answer.content).toBe('back again')
  })

  test('RT-7.5 a passing hiccup is retried without anybody noticing', async () => {
    parley().model.reply(failures.serverError(), say('second attempt'))
    const answer = await answerOf(parley(), 'Hiccup')
    expect(answer).toMatchObject({ content: 'second attempt', metadata: { answer: { status: 'done' } } })
  })
})

describe('RT-8#95 choosing the model', () => {
  test('RT-8#95 the agent’s own model is asked at its own provider, with its key', async () => {
    await using second = await startModelServer({ apiKey: 'sk-second-key-12345', models: [{ id: 'm2' }] })
    await parley().owner.call(updateSettings, {
      body: {
        providers: [
          {
            id: 'second',
            kind: 'openai-compatible',
            name: 'Second',
            baseUrl: `${second.url}/v1`,
            apiKey: 'sk-second-key-12345',
            models: [{ name: 'm2' }],
          },
        ],
      },
    })
    second.reply(say('from the second'))
    const agent = await parley().cast.agent(parley().cast.name('Choosy'), { model: 'second/m2' })
    const dm = await parley().owner.dm({ agentId: agent.id })
    const socket = await parley().owner.listen(dm.id)
    const [answer] = await socket.answersTo((await parley().owner.say(dm.id, 'hi')).id)
    expect(answer).toMatchObject({ content: 'from the second', metadata: { answer: { model: 'second/m2' } } })
    expect(second.completions[0]?.chat.model).toBe('m2')
    await socket.close()
  })

  test('RT-8#95 when the model fails the fallback answers, and the message says which', async () => {
    await using broken = await startModelServer({ models: [{ id: 'm1' }] })
    await using spare = await startModelServer({ models: [{ id: 'm2' }] })
    await using own = await bootParley()
    broken.rule(() => failures.modelMissing())
    spare.rule(() => say('spare wheel'))
    const provider = (id: string, server: ModelServer, model: string): ProviderInput => ({
      id,
      kind: 'openai-compatible',
      name: id,
      baseUrl: `${server.url}/v1`,
      models: [{ name: model }],
    })
    await own.owner.call(updateSettings, {
      body: {
        providers: [provider('broken', broken, 'm1'), provider('spare', spare, 'm2')],
        defaultModel: 'broken/m1',
        fallbackModels: ['spare/m2'],
      },
    })
    const answer = await answerOf(own, 'Rescued')
    expect(answer).toMatchObject({
      content: 'spare wheel',
      metadata: { answer: { status: 'done', model: 'spare/m2' } },
    })
  })

  test('WS-S without any model the demo model answers, streams, and says what it is', async () => {
    await using own = await bootParley({ model: false })
    const agent = (await own.owner.agents())[0]
    const dm = await own.owner.dm({ agentId: agent?.id ?? '' })
    const socket = await own.owner.listen(dm.id)
    const { id } = await own.owner.say(dm.id, 'hello, who are you?')
    const [answer] = await socket.answersTo(id, 1, 20_000)
    expect(answer?.metadata.answer).toMatchObject({ status: 'done', model: expect.stringMatching(/demo/) })
    expect(answer?.content).toMatch(/demo model/i)
    expect(socket.frames.filter((frame) => frame.type === 'stream_chunk').length).toBeGreaterThan(3)
    await socket.close()
  })
})

describe('WS-1.2#13 and #14 settings', () => {
  const KEY = 'sk-live-THE-SECRET-KEY-0123456789'

  test('WS-11.1#8 a key goes in and never comes out, nowhere', async () => {
    await using model = await startModelServer({ apiKey: KEY, models: [{ id: 'm' }] })
    const provider: ProviderInput = {
      id: 'keyed',
      kind: 'openai-compatible',
      name: 'Keyed',
      baseUrl: `${model.url}/v1`,
      models: [{ name: 'm' }],
    }
    const put = await parley().owner.request('PUT', '/api/settings', {
      body: { providers: [{ ...provider, apiKey: KEY }] },
    })
    expect(put.json).toEqual({ ok: true })
    const get = await parley().owner.request('GET', '/api/settings')
    expect(get.text).not.toContain(KEY)
    expect(get.text).not.toContain(KEY.slice(8))
    const { providers } = await parley().owner.call(getSettings, {})
    expect(providers.find((each) => each.id === 'keyed')).toMatchObject({ hasKey: true, source: 'settings' })
    await parley().owner.call(updateSettings, { body: { providers: [provider] } })
    const tested = await parley().owner.call(testProvider, {
      body: { id: 'keyed', kind: 'openai-compatible', baseUrl: provider.baseUrl },
    })
    expect(tested).toMatchObject({ ok: true, models: [{ name: 'm' }] })
    await parley().owner.call(updateSettings, { body: { providers: [{ ...provider, apiKey: '' }] } })
    expect((await parley().owner.call(getSettings, {})).providers.find((each) => each.id === 'keyed')?.hasKey).toBe(
      false,
    )
  })

  test('WS-11.1#8 a stored key is not sent to a new address', async () => {
    await using first = await startModelServer({ apiKey: KEY })
    await using thief = await startModelServer()
    const base: Omit<ProviderInput, 'baseUrl'> = { id: 'moved', kind: 'openai-compatible', name: 'Moved', models: [] }
    await parley().owner.call(updateSettings, {
      body: { providers: [{ ...base, baseUrl: `${first.url}/v1`, apiKey: KEY }] },
    })
    const moved = await parley().owner.attempt(updateSettings, {
      body: { providers: [{ ...base, baseUrl: `${thief.url}/v1` }] },
    })
    const probe = await parley().owner.attempt(testProvider, {
      body: { id: 'moved', kind: 'openai-compatible', baseUrl: `${thief.url}/v1` },
    })
    expect(thief.requests.some((request) => JSON.stringify(request.headers).includes(KEY))).toBe(false)
    expect(moved.status === 400 || probe.status === 400 || probe.status === 200).toBe(true)
  })

  test('WS-1.2#14 is partial, and refuses what it does not understand without changing anything', async () => {
    await parley().owner.call(updateSettings, { body: { appName: 'Our place' } })
    const before = await parley().owner.call(getSettings, {})
    expect(before.appName).toBe('Our place')
    const p = { id: 'x', kind: 'openai-compatible', name: 'X', baseUrl: 'http://127.0.0.1:9/v1', models: [] }
    for (const body of [
      { appName: '' },
      { appName: 'x'.repeat(61) },
      { providers: 'none' },
      { providers: [{ ...p, baseUrl: 'file:///etc/passwd' }] },
      { providers: [{ ...p, baseUrl: 'not a url' }] },
      { providers: [{ ...p, id: 'BAD ID' }] },
      { providers: [{ ...p, kind: 'telepathy' }] },
      { providers: [p, p] },
      { appName: 'half applied', defaultModel: 'x'.repeat(201) },
    ]) {
      const reply = await parley().owner.request('PUT', '/api/settings', { body })
      expect(reply.status, JSON.stringify(body)).toBe(400)
    }
    expect(await parley().owner.call(getSettings, {})).toEqual(before)
  })

  test('WS-1.2#13 the provider of the environment is shown as such, without its key', async () => {
    await using own = await bootParley({ env: { OPENAI_API_KEY: KEY } })
    const reply = await own.owner.request('GET', '/api/settings')
    expect(reply.text).not.toContain(KEY)
    const { providers, defaultModel } = await own.owner.call(getSettings, {})
    expect(providers).toMatchObject([{ source: 'environment', hasKey: true }])
    expect(defaultModel).toContain('test-model')
    own.model.rule(() => say('keyed'))
    await answerOf(own, 'Keyed')
    expect(own.model.completions.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`)
  })

  test('WS-1.3 a member reads settings but changes none; a guest sees none', async () => {
    const member = await parley().cast.person('Member')
    const guest = await parley().cast.person('Guest', 'guest')
    expect((await member.client.attempt(getSettings, {})).status).toBe(200)
    expect((await member.client.attempt(updateSettings, { body: { appName: 'Mine' } })).status).toBe(403)
    expect((await guest.client.attempt(getSettings, {})).status).toBe(403)
  })

  test('settings that change are told to everybody online', async () => {
    const socket = await parley().owner.listen()
    await parley().owner.call(updateSettings, { body: { appName: 'Renamed' } })
    const frame = await socket.next('changed', (each) => each.data.topic === 'settings')
    expect(frame).toEqual({ type: 'changed', data: { topic: 'settings' } })
    await socket.close()
  })

  test('testing a provider tells what is wrong in words and a class', async () => {
    await using locked = await startModelServer({ apiKey: 'sk-right' })
    const body = { id: 'locked', kind: 'openai-compatible', baseUrl: `${locked.url}/v1`, apiKey: 'sk-wrong' } as const
    expect(await parley().owner.call(testProvider, { body })).toMatchObject({ ok: false, failure: { class: 'auth' } })
    const nobody = { ...body, baseUrl: 'http://127.0.0.1:9/v1' }
    expect(await parley().owner.call(testProvider, { body: nobody })).toMatchObject({
      ok: false,
      failure: { class: 'unreachable' },
    })
  })
})
