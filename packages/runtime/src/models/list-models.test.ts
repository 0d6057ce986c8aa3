import { systemClock } from '@parley/base'
import { failures, http, silence, startModelServer } from '@parley/testkit/model-server'
import { describe, expect, test } from 'vitest'
import { apiRoot, serverRoot } from './base-url.ts'
import { detectLocalServers } from './detect-local-servers.ts'
import { failureClass } from './failures.ts'
import { listModels } from './list-models.ts'

const options = { clock: systemClock, timeout: 500 }
const address = (
  baseUrl: string,
  kind: 'openai-compatible' | 'anthropic' | 'google' = 'openai-compatible',
  apiKey = '',
) => ({
  id: 'p',
  kind,
  baseUrl,
  apiKey,
})
const models = [
  { id: 'qwen3-8b' },
  { id: 'qwen2.5-vl-7b', vision: true, contextWindow: 16_384 },
  { id: 'text-embedding-nomic', embedding: true },
]

describe('base URLs', () => {
  test.each([
    ['openai-compatible', 'http://localhost:1234', 'http://localhost:1234/v1'],
    ['openai-compatible', 'http://localhost:1234/', 'http://localhost:1234/v1'],
    ['openai-compatible', ' http://localhost:1234/v1/ ', 'http://localhost:1234/v1'],
    ['openai-compatible', 'localhost:1234', 'http://localhost:1234/v1'],
    ['openai-compatible', 'https://openrouter.ai/api/v1', 'https://openrouter.ai/api/v1'],
    ['openai-compatible', 'https://openrouter.ai/api/v1/chat/completions', 'https://openrouter.ai/api/v1'],
    ['openai-compatible', 'https://open.bigmodel.cn/api/paas/v4', 'https://open.bigmodel.cn/api/paas/v4'],
    [
      'openai-compatible',
      'https://dashscope.aliyuncs.com/compatible-mode/v1',
      'https://dashscope.aliyuncs.com/compatible-mode/v1',
    ],
    ['openai-compatible', '', 'https://api.openai.com/v1'],
    ['anthropic', 'https://api.anthropic.com', 'https://api.anthropic.com/v1'],
    ['anthropic', 'https://api.anthropic.com/v1', 'https://api.anthropic.com/v1'],
    ['google', '', 'https://generativelanguage.googleapis.com/v1beta'],
    ['google', 'https://generativelanguage.googleapis.com/v1beta/', 'https://generativelanguage.googleapis.com/v1beta'],
  ] as const)('%s %s → %s', (kind, typed, expected) => {
    expect(apiRoot(kind, typed)).toBe(expected)
    expect(apiRoot(kind, serverRoot(kind, typed))).toBe(expected)
  })
})

describe('listing models', () => {
  test('LM Studio tells vision and window, and embeddings are left out', async () => {
    await using server = await startModelServer({ flavour: 'lm-studio', models })
    const { models: listed, latencyMs } = await listModels(address(`${server.url}/v1`), options)
    expect(listed).toEqual([
      { name: 'qwen3-8b', vision: false, contextWindow: 32_768 },
      { name: 'qwen2.5-vl-7b', vision: true, contextWindow: 16_384 },
    ])
    expect(latencyMs).toBeGreaterThanOrEqual(0)
  })

  test('Ollama, plain OpenAI, Anthropic and Google', async () => {
    const names = async (flavour: 'ollama' | 'openai' | 'anthropic' | 'google'): Promise<string[]> => {
      await using server = await startModelServer({ flavour, models, apiKey: 'key-1' })
      const kind = flavour === 'anthropic' || flavour === 'google' ? flavour : 'openai-compatible'
      return (await listModels(address(server.url, kind, 'key-1'), options)).models.map((model) => model.name)
    }
    for (const flavour of ['ollama', 'openai', 'google'] as const) {
      expect(await names(flavour)).toEqual(['qwen3-8b', 'qwen2.5-vl-7b'])
    }
    expect(await names('anthropic')).toHaveLength(3)
  })

  test('Ollama without /v1 is read through its own listing', async () => {
    await using server = await startModelServer({ flavour: 'ollama', models })
    server.rule((request) => (request.path === '/v1/models' ? http(404, 'page not found') : undefined))
    expect((await listModels(address(server.url), options)).models.map((model) => model.name)).toContain('qwen3-8b')
  })

  test('failures have their class and no key in their words', async () => {
    await using server = await startModelServer({ apiKey: 'right' })
    const classOf = async (baseUrl: string): Promise<string> => {
      const error = await listModels(address(baseUrl, 'openai-compatible', 'sk-wrong-key'), options).then(
        () => undefined,
        (reason: Error) => reason,
      )
      expect(error?.message).not.toContain('sk-wrong-key')
      return failureClass(error)
    }
    expect(await classOf(server.url)).toBe('auth')
    expect(await classOf('http://127.0.0.1:1')).toBe('unreachable')
    expect(await classOf('http://')).toBe('unreachable')
    server.rule(() => silence)
    await using slow = await startModelServer()
    slow.rule(() => silence)
    expect(await classOf(slow.url)).toBe('timeout')
    await using page = await startModelServer()
    page.rule(() => http(200, '<html>hi</html>', { 'content-type': 'text/html' }))
    expect(await classOf(page.url)).toBe('server')
    await using busy = await startModelServer()
    busy.rule(() => failures.serverError())
    expect(await classOf(busy.url)).toBe('server')
  })

  test('an endless list is not read to its end', async () => {
    await using server = await startModelServer()
    server.rule(() => http(200, 'x'.repeat(5_000_000)))
    await expect(listModels(address(server.url), { ...options, timeout: 5_000 })).rejects.toMatchObject({
      code: 'model_foreign',
    })
  })
})

describe('local servers', () => {
  test('those that answer are found with their models; the others cost nothing', async () => {
    await using studio = await startModelServer({ flavour: 'lm-studio', models })
    const none = await detectLocalServers({ clock: systemClock, timeout: 300, ports: { lmStudio: 1, ollama: 2 } })
    expect(none).toEqual([])
    const found = await detectLocalServers({ clock: systemClock, ports: { lmStudio: studio.port, ollama: 2 } })
    expect(found).toMatchObject([{ id: 'lmstudio', name: 'LM Studio', baseUrl: `http://127.0.0.1:${studio.port}/v1` }])
    expect(found[0]?.models.map((model) => model.name)).toEqual(['qwen3-8b', 'qwen2.5-vl-7b'])
  })
})
