import { expect, test } from 'vitest'
import { loadConfig } from './config/index.ts'
import { EnvironmentModels } from './environment-models.ts'

const models = async (env: Record<string, string>) => new EnvironmentModels(await loadConfig({ env, directory: '/' }))
const server = { OPENAI_BASE_URL: 'http://127.0.0.1:1234/v1' }

test('without a server named by the environment there is none', async () => {
  const none = await models({})
  expect([none.environment, none.defaultModel]).toEqual([[], undefined])
  expect((await models({ PARLEY_DEFAULT_MODEL: 'mine/qwen' })).defaultModel).toBe('mine/qwen')
})

test('the chosen model is the default at once, with or without the name of the provider', async () => {
  for (const name of ['qwen/qwen3', 'environment/qwen/qwen3']) {
    const chosen = await models({ ...server, PARLEY_DEFAULT_MODEL: name, OPENAI_API_KEY: 'sk-1' })
    expect(chosen.defaultModel).toBe('environment/qwen/qwen3')
    expect(chosen.environment).toEqual([
      {
        id: 'environment',
        kind: 'openai-compatible',
        name: '127.0.0.1:1234',
        baseUrl: server.OPENAI_BASE_URL,
        apiKey: 'sk-1',
        models: [{ name: 'qwen/qwen3' }],
      },
    ])
  }
})

test('otherwise the first model the server lists is', async () => {
  const listed = await models(server)
  expect(listed.defaultModel).toBeUndefined()
  listed.learn([{ name: 'a' }, { name: 'b' }])
  expect(listed.defaultModel).toBe('environment/a')
})

test('what the server says about the chosen model is taken over, and it stays first', async () => {
  const chosen = await models({ ...server, PARLEY_DEFAULT_MODEL: 'b' })
  chosen.learn([{ name: 'a' }, { name: 'b', vision: true }])
  expect(chosen.environment[0]?.models).toEqual([{ name: 'b', vision: true }, { name: 'a' }])
  expect(chosen.defaultModel).toBe('environment/b')
})
