import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasCode } from '@parley/base'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadConfig } from './load.ts'
import { rateSchema } from './rate.ts'
import { settingDeclarations } from './settings.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'parley-config-'))
})
afterEach(() => rm(directory, { recursive: true }))

const load = (env: Record<string, string | undefined> = {}) => loadConfig({ env, directory })
const failure = async (env: Record<string, string | undefined> = {}): Promise<Error & { code: string }> => {
  const error = await load(env).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(Error)
  return error as Error & { code: string }
}

test.each([
  [{ LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
  [{ LANG: 'zh_TW.UTF-8', LC_ALL: '' }, 'zh-CN'],
  [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'en_GB.UTF-8' }, 'en'],
  [{ LANG: 'C.UTF-8' }, 'en'],
])('the locale %j begins with personas in %s', async (env, language) => {
  expect((await load(env)).config.language).toBe(language)
})

describe('settings', () => {
  test('without any, the server is local and asks for nothing', async () => {
    const { config, secrets } = await load()
    expect(config).toEqual({
      host: '127.0.0.1',
      port: 18_800,
      dataDirectory: join(directory, 'data'),
      publicUrl: undefined,
      logLevel: 'info',
      messageRate: { perSecond: 5, burst: 30 },
      language: 'en',
      models: { baseUrl: undefined, defaultModel: undefined },
    })
    expect(secrets).toEqual({ ownerKey: undefined, modelKey: undefined })
  })

  test('all of them from the environment; an empty value is none', async () => {
    const { config, secrets } = await load({
      PARLEY_HOST: '0.0.0.0',
      PARLEY_PORT: '0',
      PARLEY_DATA: '/srv/parley',
      PARLEY_PUBLIC_URL: 'https://chat.example.org/',
      PARLEY_LOG_LEVEL: 'debug',
      PARLEY_MESSAGE_RATE: '20/100',
      PARLEY_DEFAULT_MODEL: 'qwen3',
      OPENAI_BASE_URL: 'http://127.0.0.1:1234/v1',
      OPENAI_API_KEY: 'sk-secret',
      OWNER_KEY: '',
      UNRELATED: 'x',
    })
    expect(config).toMatchObject({ host: '0.0.0.0', port: 0, dataDirectory: '/srv/parley', logLevel: 'debug' })
    expect(config.publicUrl).toBe('https://chat.example.org')
    expect(config.messageRate).toEqual({ perSecond: 20, burst: 100 })
    expect(config.models).toEqual({ baseUrl: 'http://127.0.0.1:1234/v1', defaultModel: 'qwen3' })
    expect(secrets).toEqual({ ownerKey: undefined, modelKey: 'sk-secret' })
  })

  test('a key without an address means the vendor that invented the protocol', async () => {
    expect((await load({ OPENAI_API_KEY: 'sk-x' })).config.models.baseUrl).toBe('https://api.openai.com/v1')
  })

  test('the result is frozen and keeps secrets apart', async () => {
    const loaded = await load({ OWNER_KEY: 'geheim' })
    expect(JSON.stringify(loaded.config)).not.toContain('geheim')
    for (const part of [loaded, loaded.config, loaded.secrets, loaded.config.messageRate, loaded.config.models]) {
      expect(Object.isFrozen(part)).toBe(true)
    }
  })

  test.each([
    ['PARLEY_PORT', '70000'],
    ['PARLEY_PORT', 'eighty'],
    ['PARLEY_PORT', '-1'],
    ['PARLEY_HOST', 'http://x'],
    ['PARLEY_LOG_LEVEL', 'loud'],
    ['PARLEY_MESSAGE_RATE', '0'],
    ['PARLEY_MESSAGE_RATE', '5/'],
    ['PARLEY_MESSAGE_RATE', 'fast'],
    ['PARLEY_PUBLIC_URL', 'chat.example.org'],
    ['PARLEY_PUBLIC_URL', 'https://chat.example.org/parley'],
    ['OPENAI_BASE_URL', 'ftp://models'],
    ['OWNER_KEY', 'abc'],
  ] as const)('%s=%s is refused, naming the setting and what is allowed', async (name, value) => {
    const error = await failure({ [name]: value })
    expect(error.code).toBe('setting_invalid')
    expect(error.message).toContain(name)
    expect(error.message).toContain(settingDeclarations[name].allowed)
  })

  test('a refused secret is not repeated in the message', async () => {
    expect((await failure({ OWNER_KEY: 'abc' })).message).not.toContain('abc')
  })

  test('an unknown PARLEY_ name is refused and the known ones are listed', async () => {
    const error = await failure({ PARLEY_PROT: '1' })
    expect(hasCode(error, 'setting_unknown')).toBe(true)
    expect(error.message).toMatch(/PARLEY_PROT,.*PARLEY_PORT/)
  })
})

describe('parley.yaml', () => {
  test('holds the same names; the environment wins', async () => {
    await writeFile(
      join(directory, 'parley.yaml'),
      'PARLEY_PORT: 4000\nPARLEY_HOST: "0.0.0.0"\nOWNER_KEY: from-file\nPARLEY_DATA:\n',
    )
    const { config, secrets } = await load({ PARLEY_PORT: '5000' })
    expect([config.port, config.host, secrets.ownerKey]).toEqual([5000, '0.0.0.0', 'from-file'])
    expect(config.dataDirectory).toBe(join(directory, 'data'))
  })

  test('may lie elsewhere, and must exist when it is named', async () => {
    await writeFile(join(directory, 'other.yaml'), 'PARLEY_PORT: 4001\n')
    expect((await load({ PARLEY_CONFIG: 'other.yaml' })).config.port).toBe(4001)
    expect((await failure({ PARLEY_CONFIG: 'missing.yaml' })).code).toBe('config_file_missing')
  })

  test('an empty file sets nothing', async () => {
    await writeFile(join(directory, 'parley.yaml'), '# nothing yet\n')
    expect((await load()).config.port).toBe(18_800)
  })

  test.each([
    ['PARLEY_PROT: 1', 'setting_unknown'],
    ['PARLEY_PORT: 99999', 'setting_invalid'],
    ['PARLEY_PORT: [1]', 'config_file_invalid'],
    ['- PARLEY_PORT', 'config_file_invalid'],
    ['OWNER_KEY: "topsecret', 'config_file_invalid'],
  ])('%j is refused, naming the file and never quoting it', async (text, code) => {
    await writeFile(join(directory, 'parley.yaml'), text)
    const error = await failure()
    expect(error.code).toBe(code)
    expect(error.message).toContain('parley.yaml')
    expect(error.message).not.toContain('topsecret')
  })
})

test('rates read back as they were written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 1, max: 1_000_000 }), (perSecond, burst) => {
      expect(rateSchema.parse(`${perSecond}/${burst}`)).toEqual({ perSecond, burst })
    }),
  )
  expect(rateSchema.parse('0.5')).toEqual({ perSecond: 0.5, burst: 3 })
})
