/** Every class of spec/runtime §7.5, from the wire to the stored failure. */
import {
  callTools,
  contextOverflow,
  createGate,
  failures,
  http,
  lastUserText,
  type Reply,
  rawStream,
  reset,
  say,
  silence,
  startModelServer,
} from '@parley/testkit/model-server'
import { describe, expect, test } from 'vitest'
import { harness, provider } from '../testing/harness.ts'
import { agentProfile, SeatDouble, said } from '../testing/seat-double.ts'

const KEY = 'sk-very-secret-key-123456'

/** Runs one turn against a server that answers every completion with `reply`. */
async function failing(reply: Reply, options: Partial<Parameters<typeof harness>[0]> = {}) {
  await using server = await startModelServer()
  await using host = harness({
    providers: [provider(server.url, { apiKey: KEY })],
    timeouts: { firstByte: 300, idle: 300, total: 2_000 },
    ...options,
  })
  server.rule((request) => (request.method === 'POST' ? reply : undefined))
  const seat = new SeatDouble()
  const outcome = await host.answer(seat)
  return { outcome, seat, attempts: server.completions.length, lines: host.lines }
}

describe('failure classes', () => {
  test.each<[string, Reply, string, number]>([
    ['reset before any byte', reset, 'unreachable', 3],
    ['silence', silence, 'timeout', 1],
    ['stall after the headers', say('x', { stallAfter: 0 }), 'timeout', 1],
    ['429 without a promise', failures.rateLimited(), 'rate_limited', 3],
    ['429, quota used up', failures.quotaExhausted(), 'rate_limited', 3],
    ['429 with a far promise', failures.rateLimited(3600), 'rate_limited', 1],
    ['401', failures.unauthorized(), 'auth', 1],
    ['403', failures.forbidden(), 'auth', 1],
    ['404', failures.modelMissing(), 'model_missing', 1],
    ['nothing loaded', failures.lmStudioNothingLoaded(), 'model_missing', 1],
    ['too long, OpenAI', contextOverflow.openai(), 'context_overflow', 2],
    ['too long, LM Studio', contextOverflow.lmStudio(), 'context_overflow', 2],
    ['too long, llama.cpp', contextOverflow.llamaCpp(), 'context_overflow', 2],
    ['too long, vLLM', contextOverflow.vllm(), 'context_overflow', 2],
    ['413', contextOverflow.tooLarge(), 'context_overflow', 2],
    ['template', failures.templateError(), 'bad_request', 2],
    ['other 400', http(400, { error: 'Unrecognized request argument' }), 'bad_request', 1],
    ['500', failures.serverError(), 'server', 3],
    ['HTML 502', failures.htmlBadGateway(), 'server', 3],
    ['a web page with status 200', http(200, '<html>Welcome</html>', { 'content-type': 'text/html' }), 'server', 1],
    ['broken JSON in the stream', rawStream(['data: {"choices": [\n\n', 'data: [DONE]\n\n']), 'server', 3],
    ['error inside the stream', say('', { errorChunk: { message: 'CUDA out of memory' } }), 'server', 3],
    ['stream without an end', say('', { omitFinish: true }), 'server', 3],
    ['no text at all', say(''), 'empty', 2],
    ['thinking only', say('<think>hm</think>'), 'empty', 2],
    ['content filter', say('', { finishReason: 'content_filter' }), 'content_filter', 1],
  ])('%s', async (_name, reply, expected, attempts) => {
    const result = await failing(reply)
    expect(result.outcome).toMatchObject({ status: 'failed', text: '', failure: { class: expected } })
    expect(result.attempts).toBe(attempts)
    // One honest sentence or two: no key, no vendor payload, no stack.
    const { message } = result.outcome.failure!
    expect(message).toMatch(/^[A-Z].*\.$/)
    expect(message).not.toMatch(/[{}<>]|sk-|Error|\n/)
    expect(JSON.stringify(result.lines)).not.toContain(KEY)
    expect(JSON.stringify(result.outcome)).not.toContain(KEY)
  })

  test.each(['openai-compatible', 'anthropic', 'google'] as const)(
    '%s: what cannot be connected to is unreachable',
    async (kind) => {
      const server = await startModelServer()
      const { url } = server
      await server.close()
      // Closed, a port no browser would use, a name that does not exist, and no address at all.
      for (const baseUrl of [url, 'http://127.0.0.1:1', 'http://nowhere.invalid', 'http://']) {
        await using host = harness({ providers: [provider(baseUrl, { kind, apiKey: 'k' })] })
        const outcome = await host.answer(new SeatDouble())
        expect(outcome.failure).toMatchObject({ class: 'unreachable', retryable: true })
      }
    },
  )

  test('a key no header can carry is an auth failure, and white space around a key does not matter', async () => {
    await using server = await startModelServer({ apiKey: 'right-key' })
    await using host = harness({ providers: [provider(server.url, { apiKey: 'ключ，' })] })
    expect((await host.answer(new SeatDouble())).failure?.class).toBe('auth')
    host.settings = { ...host.settings, providers: [provider(server.url, { apiKey: ' right-key\n' })] }
    expect((await host.answer(new SeatDouble())).status).toBe('done')
  })

  test('after text was shown nothing is tried again; the text stays', async () => {
    for (const reply of [
      say('half an answer', { chunkSize: 5, resetAfter: 2 }),
      say('half an answer', { chunkSize: 5, stallAfter: 2 }),
      say('half an', { omitFinish: true }),
    ]) {
      const { outcome, attempts } = await failing(reply)
      expect(outcome).toMatchObject({ status: 'failed', text: expect.stringMatching(/^half an/) })
      expect(['server', 'timeout']).toContain(outcome.failure?.class)
      expect(attempts).toBe(1)
    }
  })

  test('an answer that never ends is ended by the total limit', async () => {
    const { outcome } = await failing(say('word '.repeat(400), { chunkSize: 5, paceMs: 5 }), {
      timeouts: { firstByte: 1_000, idle: 1_000, total: 300 },
    })
    expect(outcome).toMatchObject({ status: 'failed', failure: { class: 'timeout' } })
    expect(outcome.text).toMatch(/^word/)
  })

  test('a missing [DONE] or usage does not matter', async () => {
    const { outcome } = await failing(say('fine', { omitDone: true, usage: null }))
    expect(outcome).toMatchObject({ status: 'done', text: 'fine' })
    expect(outcome.usage.inputTokens).toBeGreaterThan(0)
    expect(outcome.usage.outputTokens).toBeGreaterThan(0)
  })

  test('bytes may be cut anywhere', async () => {
    const text = 'Grüße, 你好 🙂!'
    const { outcome } = await failing(say(text, { chunkSize: 3, byteSize: 1, reasoning: '思考' }), { timeouts: {} })
    expect(outcome).toMatchObject({ status: 'done', text, reasoning: '思考' })
  })
})

describe('recovery', () => {
  test('a short Retry-After is honoured', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)] })
    server.reply(failures.rateLimited(0), say('now'))
    expect(await host.answer(new SeatDouble())).toMatchObject({ status: 'done', text: 'now' })
  })

  test('reasoning of a failed attempt is taken back before the next', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)] })
    server.reply(
      say('', { reasoning: 'first thought', omitFinish: true }),
      say('answer', { reasoning: 'second thought' }),
    )
    const seat = new SeatDouble()
    const outcome = await host.answer(seat)
    expect(outcome).toMatchObject({ status: 'done', text: 'answer', reasoning: 'second thought' })
    expect(seat.shown).toMatchObject({ text: 'answer', reasoning: 'second thought', restarts: 1 })
  })

  test('falls back in order and names the model that answered', async () => {
    await using broken = await startModelServer()
    await using good = await startModelServer()
    await using host = harness({
      providers: [provider(broken.url), provider(good.url, { id: 'openrouter', name: 'Router' })],
      fallbackModels: ['nobody/x', 'openrouter/vendor/model:free', 'local/unused'],
    })
    broken.rule(() => failures.unauthorized())
    const seat = new SeatDouble()
    const outcome = await host.answer(seat)
    expect(outcome).toMatchObject({ status: 'done', model: 'openrouter/vendor/model:free' })
    expect(seat.shown.models).toEqual(['local/test-model', 'nobody/x', 'openrouter/vendor/model:free'])
    // Everything after the first slash is the provider's own name of the model.
    expect(good.completions[0]!.chat.model).toBe('vendor/model:free')
  })

  test('the model of a turn goes before the agent’s, the agent’s before the default', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)], defaultModel: 'local/default' })
    await host.answer(new SeatDouble(), { model: 'local/chosen' })
    await host.answer(new SeatDouble({ agents: [agentProfile('agent_a', { model: '' })] }))
    expect(server.completions.map((request) => request.chat.model)).toEqual(['chosen', 'default'])
  })

  test('a refused template gets the system text folded into the first message', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)] })
    server.reply(failures.templateError(), say('fine'))
    expect(await host.answer(new SeatDouble())).toMatchObject({ status: 'done' })
    expect(server.completions[0]!.chat.messages.map((message) => message.role)).toEqual(['system', 'user'])
    expect(server.completions[1]!.chat.messages.map((message) => message.role)).toEqual(['user'])
    expect(lastUserText(server.completions[1]!)).toMatch(/You are agent_a[\s\S]*Hello$/)
  })

  test('a model that cannot use tools answers without them', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)] })
    server.reply(http(400, { error: 'registry.ollama.ai/library/gemma does not support tools' }), say('fine'))
    const seat = new SeatDouble({ agents: [agentProfile('agent_a', { tools: ['current_time'] })] })
    expect(await host.answer(seat)).toMatchObject({ status: 'done', text: 'fine' })
    expect(server.completions[0]!.chat.tools).toHaveLength(1)
    expect(server.completions[1]!.chat.tools).toBeUndefined()
  })

  test('an overflow is answered with a shorter context, once', async () => {
    await using server = await startModelServer()
    await using host = harness({
      providers: [provider(server.url, { models: [{ name: 'test-model', contextWindow: 2000 }] })],
    })
    server.reply(contextOverflow.lmStudio(), say('fine'))
    const messages = Array.from({ length: 60 }, (_, index) => said('user_1', `message ${index} ${'word '.repeat(30)}`))
    expect(await host.answer(new SeatDouble({ messages }))).toMatchObject({ status: 'done', text: 'fine' })
    const [first, second] = server.completions.map((request) => JSON.stringify(request.chat.messages))
    expect(second!.length).toBeLessThan(first!.length * 0.8)
    expect(first).toContain('earlier messages of this conversation were left out')
    expect(second).toContain('message 59')
  })

  test('after five failures in a row the server is left alone, and asked again later', async () => {
    const server = await startModelServer()
    const { url } = server
    await server.close()
    await using host = harness({ providers: [provider(url)] })
    for (let i = 0; i < 2; i++) await host.answer(new SeatDouble())
    const began = performance.now()
    const outcome = await host.answer(new SeatDouble())
    expect(outcome.failure?.class).toBe('unreachable')
    expect(performance.now() - began).toBeLessThan(10_000)
    // A corrected address starts with a clean record.
    await using good = await startModelServer()
    host.settings = { ...host.settings, providers: [provider(good.url)] }
    expect(await host.answer(new SeatDouble())).toMatchObject({ status: 'done' })
  })

  test('requests beyond a provider’s places wait and are all answered', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)], concurrencyPerProvider: 2 })
    const gate = createGate()
    server.rule((request) => say(`re ${lastUserText(request)}`, { gate, gateAfter: 0 }))
    const seats = [1, 2, 3, 4, 5].map((n) => new SeatDouble({ messages: [said('user_1', `${n}`)] }))
    const answers = seats.map((seat) => host.answer(seat))
    await server.completion(1)
    expect(server.completions).toHaveLength(2)
    gate.open()
    expect((await Promise.all(answers)).map((outcome) => outcome.text)).toEqual([
      're 1',
      're 2',
      're 3',
      're 4',
      're 5',
    ])
  })
})

describe('inline thinking', () => {
  test('is moved to the reasoning, also when only the closing tag comes', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)] })
    server.reply(say('<think>let me see</think>\n\n42', { chunkSize: 1 }))
    expect(await host.answer(new SeatDouble())).toMatchObject({ text: '42', reasoning: 'let me see' })
    server.reply(say('let me see</think>\n\n42', { chunkSize: 3 }))
    const seat = new SeatDouble()
    expect(await host.answer(seat)).toMatchObject({ text: '42', reasoning: 'let me see' })
    expect(seat.shown).toMatchObject({ text: '42', reasoning: 'let me see' })
  })
})

describe('other vendors', () => {
  test.each([
    ['anthropic', '/v1/messages'],
    ['google', '/v1beta/models/test-model:streamGenerateContent?alt=sse'],
  ] as const)('%s: streams, uses tools, keeps reasoning apart', async (kind, path) => {
    await using server = await startModelServer({ flavour: kind, apiKey: KEY })
    await using host = harness({ providers: [provider(server.url, { kind, apiKey: KEY })] })
    server.reply(
      callTools([{ name: 'current_time', arguments: {} }], { text: 'Let me look.' }),
      say('It is noon.', { reasoning: 'easy', chunkSize: 4, usage: { input: 5, output: 3 } }),
    )
    const seat = new SeatDouble({ agents: [agentProfile('agent_a', { tools: ['current_time'] })] })
    const outcome = await host.answer(seat)
    expect(outcome).toMatchObject({
      status: 'done',
      text: 'Let me look.\n\nIt is noon.',
      reasoning: 'easy',
      tools: [{ toolName: 'current_time', status: 'completed' }],
    })
    expect(server.completions.map((request) => request.path)).toEqual([path, path])
  })

  test('a refused key is an auth failure with each of them', async () => {
    for (const kind of ['openai-compatible', 'anthropic', 'google'] as const) {
      await using server = await startModelServer({ apiKey: 'right-key-123' })
      await using host = harness({ providers: [provider(server.url, { kind, apiKey: 'wrong' })] })
      expect((await host.answer(new SeatDouble())).failure?.class).toBe('auth')
    }
  })

  test('a content refusal of Anthropic is a content filter failure', async () => {
    await using server = await startModelServer({ flavour: 'anthropic' })
    await using host = harness({ providers: [provider(server.url, { kind: 'anthropic', apiKey: 'k' })] })
    server.reply(say('', { finishReason: 'content_filter' }))
    expect((await host.answer(new SeatDouble())).failure?.class).toBe('content_filter')
  })
})
