import { describe, expect, it } from 'vitest'
import { createWorkspace, type Workspace } from '../../test/workspace.ts'

const provider = {
  id: 'lab',
  kind: 'openai-compatible',
  name: 'Lab',
  baseUrl: 'https://models.example.org/v1',
  apiKey: 'sk-secret-1',
  models: [{ name: 'vendor/model', vision: true, contextWindow: undefined }],
} as const
const environment = {
  id: 'env',
  kind: 'openai-compatible',
  name: 'Environment',
  baseUrl: 'http://127.0.0.1:1234/v1',
  apiKey: 'sk-env',
  models: [{ name: 'qwen3' }],
} as const

async function everythingStored({ store }: Workspace): Promise<string> {
  const names = ['appName', 'defaultModel', 'fallbackModels', 'providers']
  const values = await Promise.all(names.map((name) => store.settings.get(name)))
  return JSON.stringify([values, await store.audit.list(100)])
}

describe('Settings', () => {
  it('starts with defaults and what the environment names', async () => {
    const settings = { environment: [{ ...environment, models: [{ name: 'qwen3' }] }], defaultModel: 'env/qwen3' }
    const workspace = await createWorkspace({ settings })
    const { apiKey: _key, ...shown } = environment
    expect(await workspace.settings.view(workspace.owner)).toEqual({
      appName: 'Parley',
      defaultModel: 'env/qwen3',
      fallbackModels: [],
      providers: [{ ...shown, hasKey: true, source: 'environment' }],
    })
    expect((await workspace.settings.models()).providers).toMatchObject([{ id: 'env', apiKey: 'sk-env' }])
  })

  it('stores keys sealed and never shows them', async () => {
    const workspace = await createWorkspace()
    const bell = workspace.bellsOf('settings')
    await workspace.settings.update(workspace.owner, { providers: [provider], defaultModel: 'lab/vendor/model' })
    expect(bell.count).toBe(1)
    const view = await workspace.settings.view(workspace.owner)
    expect(view.providers).toEqual([
      {
        id: 'lab',
        kind: 'openai-compatible',
        name: 'Lab',
        baseUrl: 'https://models.example.org/v1',
        models: [{ name: 'vendor/model', vision: true }],
        hasKey: true,
        source: 'settings',
      },
    ])
    expect(JSON.stringify(view)).not.toContain('sk-secret')
    expect(await everythingStored(workspace)).not.toContain('sk-secret')
    expect(await workspace.settings.models()).toMatchObject({
      defaultModel: 'lab/vendor/model',
      providers: [{ id: 'lab', apiKey: 'sk-secret-1' }],
    })
  })

  it('keeps a key that is not sent, replaces one that is, removes an empty one', async () => {
    const workspace = await createWorkspace()
    const { apiKey: _key, ...withoutKey } = provider
    const update = (fields: object) =>
      workspace.settings.update(workspace.owner, { providers: [{ ...withoutKey, ...fields }] })
    const key = async () => (await workspace.settings.models()).providers[0]?.apiKey
    await update({ apiKey: 'sk-secret-1' })
    await update({ name: 'Renamed' })
    expect(await key()).toBe('sk-secret-1')
    await update({ apiKey: 'sk-secret-2' })
    expect(await key()).toBe('sk-secret-2')
    await update({ apiKey: '' })
    expect(await key()).toBe('')
  })

  it('never sends a stored key to another server', async () => {
    const workspace = await createWorkspace()
    const { owner, settings } = workspace
    const { apiKey: _key, ...withoutKey } = provider
    await settings.update(owner, { providers: [provider] })
    const moved = { ...withoutKey, baseUrl: 'https://evil.example.net/v1' }
    const needsKey = { code: 'key_required', kind: 'invalid' }
    await expect(settings.update(owner, { providers: [moved] })).rejects.toMatchObject(needsKey)
    await expect(settings.candidate(owner, moved)).rejects.toMatchObject(needsKey)
    expect((await settings.candidate(owner, { ...moved, apiKey: 'new' })).apiKey).toBe('new')
    expect((await settings.candidate(owner, { ...withoutKey, baseUrl: 'https://models.example.org/v2' })).apiKey).toBe(
      'sk-secret-1',
    )
    expect((await settings.view(owner)).providers[0]?.baseUrl).toBe(provider.baseUrl)
  })

  it('does not reveal the key of the environment either', async () => {
    const workspace = await createWorkspace({ settings: { environment: [{ ...environment, models: [] }] } })
    const { owner, settings } = workspace
    const same = { id: 'env', kind: 'openai-compatible', baseUrl: environment.baseUrl } as const
    expect((await settings.candidate(owner, same)).apiKey).toBe('sk-env')
    const moved = settings.candidate(owner, { ...same, baseUrl: 'https://evil.example.net' })
    await expect(moved).rejects.toMatchObject({ code: 'key_required' })
  })

  it('takes a patch whole or not at all', async () => {
    const workspace = await createWorkspace({ settings: { environment: [{ ...environment, models: [] }] } })
    const { owner, settings } = workspace
    const invalid = { code: 'invalid_settings', kind: 'invalid' }
    const refused = [
      { appName: ' ' },
      { appName: 'x'.repeat(61) },
      { providers: [provider, provider] },
      { providers: [{ ...provider, id: 'env' }] },
      { providers: [{ ...provider, id: 'Not an id' }] },
      { providers: [{ ...provider, baseUrl: 'file:///etc/passwd' }] },
      { providers: [{ ...provider, baseUrl: '' }] },
      { providers: [{ ...provider, baseUrl: 'https://user:pass@example.org' }] },
      { fallbackModels: Array.from({ length: 11 }, (_, index) => `m${index}`) },
    ]
    for (const patch of refused) {
      await expect(settings.update(owner, { defaultModel: 'x/y', ...patch })).rejects.toMatchObject(invalid)
    }
    expect(await settings.view(owner)).toMatchObject({ appName: 'Parley', defaultModel: '' })
    await settings.update(owner, { appName: ' Our place ', fallbackModels: ['a/b', 'a/b', ''] })
    expect(await settings.appName()).toBe('Our place')
    expect((await settings.view(owner)).fallbackModels).toEqual(['a/b'])
  })

  it('is read by members and changed by admins', async () => {
    const workspace = await createWorkspace()
    const ann = await workspace.person('Ann')
    const gus = await workspace.person('Gus', 'guest')
    const forbidden = { code: 'forbidden' }
    expect((await workspace.settings.view(ann)).appName).toBe('Parley')
    await expect(workspace.settings.view(gus)).rejects.toMatchObject(forbidden)
    await expect(workspace.settings.update(ann, { appName: 'X' })).rejects.toMatchObject(forbidden)
    await expect(workspace.settings.candidate(ann, provider)).rejects.toMatchObject(forbidden)
  })

  it('treats a key it cannot open as absent', async () => {
    const workspace = await createWorkspace()
    const stored = [{ id: 'lab', kind: 'anthropic', name: 'Lab', baseUrl: '', models: [], sealedKey: 'of another box' }]
    await workspace.ledger.commit([{ op: 'setting.put', name: 'providers', value: stored }])
    expect((await workspace.settings.models()).providers).toMatchObject([{ id: 'lab', apiKey: '' }])
  })

  it('is audited by names of settings', async () => {
    const workspace = await createWorkspace()
    await workspace.settings.update(workspace.owner, { appName: 'Quiet name', providers: [provider] })
    const [row] = await workspace.audit.list(workspace.owner)
    expect(row).toMatchObject({ action: 'settings.updated', details: '{"names":["appName","providers"]}' })
  })
})
