import { expect, it } from 'vitest'
import { ApiClient } from '../api/client.ts'
import { Drafts, type KeyValue } from './drafts.ts'

class Memory implements KeyValue {
  readonly values = new Map<string, string>()
  getItem = (key: string): string | null => this.values.get(key) ?? null
  setItem = (key: string, value: string): void => void this.values.set(key, value)
  removeItem = (key: string): void => void this.values.delete(key)
}

function boot(memory = new Memory(), reachable: { value: boolean } = { value: true }) {
  const server = new Map<string, string>()
  const fetch = (async (url: string, init?: RequestInit) => {
    if (!reachable.value) throw new TypeError('Failed to fetch')
    server.set(url, (JSON.parse(String(init?.body)) as { draft: string }).draft)
    return Response.json({ ok: true })
  }) as typeof globalThis.fetch
  return { drafts: new Drafts(new ApiClient({ fetch }), memory, 'user', () => {}), server, memory, reachable }
}

it('keeps a text here and on the server', async () => {
  const { drafts, server } = boot()
  drafts.write('ch', { text: 'half a thought', replyTo: 'msg_1' })
  expect(drafts.read('ch', '')).toMatchObject({ text: 'half a thought', replyTo: 'msg_1' })
  await drafts.flush()
  expect(server.get('/api/channels/ch/preferences')).toBe('half a thought')
})

it('prefers the server once it has what was written here', async () => {
  const { drafts } = boot()
  drafts.write('ch', { text: 'mine' })
  expect(drafts.read('ch', 'from the phone').text).toBe('mine')
  await drafts.flush()
  expect(drafts.read('ch', 'from the phone').text).toBe('from the phone')
})

it('does not lose a text that could not be sent, even over a reload', async () => {
  const { drafts, memory, reachable, server } = boot(new Memory(), { value: false })
  drafts.write('ch', { text: 'written offline' })
  await drafts.flush()
  expect(boot(memory).drafts.read('ch', 'stale').text).toBe('written offline')
  reachable.value = true
  await drafts.flush()
  expect(server.get('/api/channels/ch/preferences')).toBe('written offline')
})

it('leaves nothing behind after sending', async () => {
  const { drafts, server, memory } = boot()
  drafts.write('ch', { text: 'hello' })
  await drafts.flush()
  drafts.clear('ch')
  await drafts.flush()
  expect(server.get('/api/channels/ch/preferences')).toBe('')
  expect(memory.values.size).toBe(0)
})

it('starts from the server where nothing was written here', () => {
  expect(boot().drafts.read('ch', 'from elsewhere')).toEqual({ text: 'from elsewhere' })
})
