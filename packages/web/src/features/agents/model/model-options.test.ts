import type { Settings } from '@parley/protocol/workspace'
import { describe, expect, test } from 'vitest'
import { modelChoices, modelLabel, shortTokens } from './model-options.ts'

describe('models as choices', () => {
  test('ids name provider and model, whatever slashes the model has', () => {
    const providers: Settings['providers'] = [
      {
        id: 'openrouter',
        kind: 'openai-compatible',
        name: 'OpenRouter',
        baseUrl: 'https://openrouter.ai/api/v1',
        hasKey: true,
        models: [{ name: 'vendor/model', vision: true, contextWindow: 131072 }],
        source: 'settings',
      },
    ]
    const [choice] = modelChoices({ providers })
    expect(choice).toEqual({
      id: 'openrouter/vendor/model',
      name: 'vendor/model',
      provider: 'OpenRouter',
      vision: true,
      contextWindow: 131072,
    })
    expect(modelLabel('openrouter/vendor/model')).toBe('vendor/model')
    expect(modelLabel('plain')).toBe('plain')
  })

  test.each([
    [512, '512'],
    [8192, '8k'],
    [131072, '128k'],
    [200000, '200k'],
    [1_000_000, '1M'],
    [1_048_576, '1M'],
  ])('%d tokens are %s', (tokens, text) => {
    expect(shortTokens(tokens)).toBe(text)
  })
})
