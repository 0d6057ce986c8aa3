import type { Settings } from '@parley/protocol/workspace'
import { describe, expect, test } from 'vitest'
import { moved } from './default-models.tsx'
import { connected } from './local-offers.tsx'

const empty: Settings = {
  appName: 'Parley',
  defaultModel: '',
  fallbackModels: [],
  providers: [],
  offers: [],
  tools: [],
  version: '0.1.0',
}
const offer = { id: 'ollama', name: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1', models: ['qwen3:8b', 'llava'] }

describe('the order of fallback models', () => {
  test('an entry moves by one place', () => {
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
  })
})

describe('connecting a server found on this machine', () => {
  test('its models are used and its first one answers when there was none', () => {
    const change = connected(empty, offer)
    expect(change.defaultModel).toBe('ollama/qwen3:8b')
    expect(change.providers?.map(({ id, models }) => [id, models])).toEqual([
      ['ollama', [{ name: 'qwen3:8b' }, { name: 'llava' }]],
    ])
  })

  test('a default that was chosen stays', () => {
    expect(connected({ ...empty, defaultModel: 'openai/gpt' }, offer)).not.toHaveProperty('defaultModel')
  })
})
