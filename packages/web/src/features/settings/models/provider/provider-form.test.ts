import type { Provider } from '@parley/protocol/workspace'
import { describe, expect, test } from 'vitest'
import { presets } from '../presets.ts'
import {
  addressProblem,
  formOfPreset,
  formOfProvider,
  freeId,
  inputOf,
  listedModels,
  needsKeyAgain,
  testInput,
  toggleModel,
  withoutProvider,
  withProvider,
} from './provider-form.ts'

const stored: Provider = {
  id: 'openai',
  kind: 'openai-compatible',
  name: 'OpenAI',
  baseUrl: 'https://api.openai.com/v1',
  hasKey: true,
  models: [{ name: 'gpt' }],
  source: 'settings',
}
const fromEnvironment: Provider = { ...stored, id: 'env', source: 'environment' }

describe('the form of a provider', () => {
  test('every preset makes a form whose id the contract accepts', () => {
    for (const preset of presets) {
      const form = formOfPreset(
        preset,
        presets.map((other) => other.id),
      )
      expect(form.id).toMatch(/^[a-z0-9][a-z0-9_-]{0,39}$/)
      if (preset.id !== 'custom') expect(addressProblem(form)).toBe(null)
    }
  })

  test('ids never collide', () => {
    expect(freeId('openai', [])).toBe('openai')
    expect(freeId('openai', ['openai', 'openai-2'])).toBe('openai-3')
  })

  test('an untouched key is not sent, an emptied one is removed, a typed one replaces', () => {
    const form = formOfProvider(stored)
    expect(testInput(form)).not.toHaveProperty('apiKey')
    expect(inputOf({ ...form, key: '' })).toMatchObject({ apiKey: '' })
    expect(inputOf({ ...form, key: ' sk-1 ' })).toMatchObject({ apiKey: 'sk-1' })
  })

  test('a stored key has to be entered again for another server, but not for another path', () => {
    const form = formOfProvider(stored)
    expect(needsKeyAgain(form, stored)).toBe(false)
    expect(needsKeyAgain({ ...form, baseUrl: 'https://api.openai.com/v2' }, stored)).toBe(false)
    expect(needsKeyAgain({ ...form, baseUrl: 'https://elsewhere.example/v1' }, stored)).toBe(true)
    expect(needsKeyAgain({ ...form, baseUrl: 'https://elsewhere.example/v1', key: 'new' }, stored)).toBe(false)
  })

  test.each([
    ['openai-compatible', '', 'empty'],
    ['anthropic', '', null],
    ['openai-compatible', 'localhost:1234', 'invalid'],
    ['openai-compatible', 'ftp://a', 'invalid'],
    ['openai-compatible', 'http://', 'invalid'],
    ['openai-compatible', 'https://me:secret@a.example', 'credentials'],
    ['openai-compatible', ' http://127.0.0.1:1234/v1 ', null],
  ] as const)('address of %s %j: %s', (kind, baseUrl, problem) => {
    expect(addressProblem({ kind, baseUrl })).toBe(problem)
  })

  test('changing one provider sends the others back without keys, and never those of the environment', () => {
    const settings = { providers: [fromEnvironment, stored, { ...stored, id: 'lab' }] }
    const list = withProvider(settings, { ...inputOf(formOfProvider(stored)), name: 'Renamed' })
    expect(list.map(({ id, name }) => [id, name])).toEqual([
      ['openai', 'Renamed'],
      ['lab', 'OpenAI'],
    ])
    expect(list.some((input) => 'apiKey' in input)).toBe(false)
    expect(withProvider(settings, { ...list[0]!, id: 'new' }).map((input) => input.id)).toEqual([
      'openai',
      'lab',
      'new',
    ])
    expect(withoutProvider(settings, 'openai').map((input) => input.id)).toEqual(['lab'])
  })

  test('chosen models stay in the list when the server no longer offers them', () => {
    expect(listedModels([{ name: 'old' }, { name: 'a' }], [{ name: 'a', vision: true }, { name: 'b' }])).toEqual([
      { name: 'old' },
      { name: 'a', vision: true },
      { name: 'b' },
    ])
    expect(toggleModel([{ name: 'a' }], { name: 'a', vision: true }, true)).toEqual([{ name: 'a', vision: true }])
    expect(toggleModel([{ name: 'a' }, { name: 'b' }], { name: 'a' }, false)).toEqual([{ name: 'b' }])
  })
})
