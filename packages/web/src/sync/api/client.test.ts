import { expect, it } from 'vitest'
import { ApiClient } from './client.ts'
import { ApiError } from './error.ts'

const answering = (response: () => Response | Promise<Response>) => {
  const calls: { url: string; init: RequestInit | undefined }[] = []
  const fetch = (async (url: string, init?: RequestInit) => {
    calls.push({ url, init })
    return await response()
  }) as typeof globalThis.fetch
  return { calls, fetch }
}

it('fills paths, queries and bodies', async () => {
  const { calls, fetch } = answering(() => Response.json({ ok: true, readSeq: 3 }))
  const api = new ApiClient({ fetch })
  await api.call('markRead', { params: { id: 'ch/1' }, body: { seq: 3 } })
  await api.call('listMessages', { query: { channelId: 'ch 2', limit: 40, before: undefined } })
  expect(calls[0]).toMatchObject({ url: '/api/channels/ch%2F1/read', init: { method: 'PUT', body: '{"seq":3}' } })
  expect(calls[1]?.url).toBe('/api/messages?channelId=ch+2&limit=40')
})

it('turns error replies into errors with code and wait', async () => {
  const { fetch } = answering(() =>
    Response.json({ error: 'Slow down.', code: 'rate_limited' }, { status: 429, headers: { 'retry-after': '7' } }),
  )
  const error = await new ApiClient({ fetch }).call('listChannels').catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({
    status: 429,
    code: 'rate_limited',
    message: 'Slow down.',
    retryAfter: 7,
    isTransient: true,
  })
})

it('survives a reply that is not JSON', async () => {
  const { fetch } = answering(
    () => new Response('<html>Bad gateway</html>', { status: 502, statusText: 'Bad Gateway' }),
  )
  await expect(new ApiClient({ fetch }).call('listAgents')).rejects.toMatchObject({ status: 502, code: 'http_502' })
})

it('says when nobody answered, and passes on an abort', async () => {
  const { fetch } = answering(() => Promise.reject(new TypeError('Failed to fetch')))
  await expect(new ApiClient({ fetch }).call('listAgents')).rejects.toMatchObject({ status: 0, isNetwork: true })
  const abort = new AbortController()
  abort.abort()
  await expect(new ApiClient({ fetch }).call('listAgents', {}, { signal: abort.signal })).rejects.toBeInstanceOf(
    TypeError,
  )
})

it('reports the end of the session, but not a wrong key at the login', async () => {
  let ended = 0
  const { fetch } = answering(() => Response.json({ error: 'Invalid password' }, { status: 401 }))
  const api = new ApiClient({ fetch, onUnauthorized: () => ended++ })
  await api.call('login', { body: { password: 'x' } }).catch(() => {})
  expect(ended).toBe(0)
  await api.call('listChannels').catch(() => {})
  expect(ended).toBe(1)
})
