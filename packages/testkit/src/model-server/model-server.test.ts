import { describe, expect, test } from 'vitest'
import {
  callTools,
  contextOverflow,
  createGate,
  failures,
  lastUserText,
  reset,
  say,
  silence,
  startModelServer,
} from './index.ts'

async function ask(
  url: string,
  body: object,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'hi' }], ...body }),
    ...(signal === undefined ? {} : { signal }),
  })
}

const payloads = (text: string): string[] =>
  text
    .split('\n\n')
    .filter((line) => line !== '')
    .map((line) => line.slice('data: '.length))

describe('model server', () => {
  test('streams text in chunks, then usage and [DONE]', async () => {
    await using server = await startModelServer()
    server.reply(say('你好世界', { chunkSize: 2, usage: { input: 3, output: 4 } }))
    const parts = payloads(await (await ask(server.url, { stream: true })).text())
    expect(parts.at(-1)).toBe('[DONE]')
    const chunks = parts.slice(0, -1).map((part) => JSON.parse(part))
    expect(chunks.map((chunk) => chunk.choices[0]?.delta?.content).filter(Boolean)).toEqual(['你好', '世界'])
    expect(chunks.at(-1).usage).toMatchObject({ prompt_tokens: 3, completion_tokens: 4 })
  })

  test('answers without streaming and records the request', async () => {
    await using server = await startModelServer()
    const reply = (await (await ask(server.url, {})).json()) as { choices: { message: { content: string } }[] }
    expect(reply.choices[0]?.message.content).toBe('You said: hi')
    expect(server.completions).toHaveLength(1)
    expect(lastUserText((await server.completion(0))!)).toBe('hi')
  })

  test('splits the arguments of parallel tool calls over chunks', async () => {
    await using server = await startModelServer()
    server.reply(
      callTools(
        [
          { name: 'a', arguments: { x: 1 } },
          { name: 'b', arguments: '{"broken' },
        ],
        { argumentsChunkSize: 3 },
      ),
    )
    const parts = payloads(await (await ask(server.url, { stream: true })).text())
    const whole = ['', '']
    for (const part of parts) {
      if (part === '[DONE]') continue
      for (const call of JSON.parse(part).choices[0]?.delta?.tool_calls ?? [])
        whole[call.index] += call.function.arguments
    }
    expect(whole).toEqual(['{"x":1}', '{"broken'])
  })

  test('scripts come first, then the newest rule, then the fallback', async () => {
    await using server = await startModelServer({ fallback: () => say('fallback') })
    server.rule((request) => (lastUserText(request) === 'hi' ? say('rule') : undefined))
    server.reply(say('script'))
    const texts: string[] = []
    for (const content of ['hi', 'hi', 'other']) {
      const reply = await ask(server.url, { messages: [{ role: 'user', content }] })
      texts.push(((await reply.json()) as { choices: { message: { content: string } }[] }).choices[0]!.message.content)
    }
    expect(texts).toEqual(['script', 'rule', 'fallback'])
  })

  test('errors carry their status, headers and vendor wording', async () => {
    await using server = await startModelServer()
    server.reply(failures.rateLimited(7), failures.htmlBadGateway(), contextOverflow.openai())
    const limited = await ask(server.url, {})
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7'])
    const gateway = await ask(server.url, {})
    expect([gateway.status, gateway.headers.get('content-type')]).toEqual([502, 'text/html'])
    expect(await (await ask(server.url, {})).json()).toMatchObject({ error: { code: 'context_length_exceeded' } })
  })

  test('resets before and after bytes, and stays silent until the client leaves', async () => {
    await using server = await startModelServer()
    server.reply(reset, say('abcdef', { chunkSize: 1, resetAfter: 2 }), silence)
    await expect(ask(server.url, { stream: true })).rejects.toThrow('fetch failed')
    const cut = await ask(server.url, { stream: true })
    await expect(cut.text()).rejects.toThrow()
    const leave = new AbortController()
    const waiting = ask(server.url, { stream: true }, {}, leave.signal)
    const request = await server.completion(2)
    leave.abort()
    await expect(waiting).rejects.toThrow()
    await request.abandoned
    expect(request.isAbandoned).toBe(true)
  })

  test('a gate holds the stream until the test opens it', async () => {
    await using server = await startModelServer()
    const gate = createGate()
    server.reply(say('ab', { chunkSize: 1, gate }))
    const reader = (await ask(server.url, { stream: true })).body!.getReader()
    const first = new TextDecoder().decode((await reader.read()).value)
    expect(first).toContain('"content":"a"')
    expect(first).not.toContain('"content":"b"')
    gate.open()
    let rest = ''
    for (;;) {
      const { value, done } = await reader.read()
      if (done) break
      rest += new TextDecoder().decode(value)
    }
    expect(rest).toContain('"content":"b"')
  })

  test('lists models per flavour and checks the key', async () => {
    await using server = await startModelServer({
      flavour: 'lm-studio',
      apiKey: 'k',
      models: [{ id: 'v', vision: true, contextWindow: 4096 }],
    })
    expect((await fetch(`${server.url}/v1/models`)).status).toBe(401)
    const headers = { authorization: 'Bearer k' }
    expect(await (await fetch(`${server.url}/v1/models`, { headers })).json()).toMatchObject({ data: [{ id: 'v' }] })
    expect(await (await fetch(`${server.url}/api/v0/models`, { headers })).json()).toMatchObject({
      data: [{ id: 'v', type: 'vlm', max_context_length: 4096 }],
    })
    expect((await fetch(`${server.url}/api/tags`, { headers })).status).toBe(404)
  })
})
