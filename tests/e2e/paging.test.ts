import { postMessage } from '@parley/protocol/workspace'
import { beforeAll, describe, expect, test } from 'vitest'
import { useParley } from './use-parley.ts'

const parley = useParley()

describe('WS-1.2#3 a page of history', () => {
  const COUNT = 230
  let channelId: string
  let ids: string[]

  beforeAll(async () => {
    channelId = (await parley().owner.group()).id
    // Posted at once: many share a millisecond, which is where paging by time loses rows.
    const replies = await Promise.all(
      Array.from({ length: COUNT }, (_, i) =>
        parley().owner.call(postMessage, { body: { channelId, content: `m${i}` } }),
      ),
    )
    ids = replies.toSorted((a, b) => a.seq - b.seq).map((reply) => reply.id)
  })

  test('WS-1.2#3 the default page is the newest 50, ascending', async () => {
    const page = await parley().owner.page(channelId)
    expect(page.messages.map((message) => message.id)).toEqual(ids.slice(-50))
    expect(page).toMatchObject({ hasMore: true, hasNewer: false })
  })

  test('WS-1.2#3 the test has messages of one millisecond', async () => {
    const all = await parley().owner.history(channelId)
    expect(new Set(all.map((message) => message.createdAt)).size).toBeLessThan(COUNT)
  })

  test.each([1, 2, 7, 50, 99, 100])('WS-1.2#3 walking back by %i sees every message once, in order', async (limit) => {
    const seen: string[] = []
    let before: string | undefined
    for (let turn = 0; turn < COUNT + 2; turn++) {
      const page = await parley().owner.page(channelId, { limit, ...(before === undefined ? {} : { before }) })
      expect(page.messages.length).toBeLessThanOrEqual(limit)
      seen.unshift(...page.messages.map((message) => message.id))
      before = page.messages[0]?.id
      if (!page.hasMore) break
    }
    expect(seen).toEqual(ids)
  })

  test('WS-1.2#3 walking forward with `after` sees every message once, in order', async () => {
    const seen: string[] = [ids[0] as string]
    for (let turn = 0; turn < COUNT; turn++) {
      const page = await parley().owner.page(channelId, { limit: 37, after: seen.at(-1) as string })
      seen.push(...page.messages.map((message) => message.id))
      expect(page.hasMore).toBe(true)
      if (!page.hasNewer) break
    }
    expect(seen).toEqual(ids)
  })

  test('WS-1.2#3 `before` the first message is an empty page; `after` the last one too', async () => {
    const first = await parley().owner.page(channelId, { before: ids[0] as string })
    expect(first).toMatchObject({ messages: [], hasMore: false })
    const last = await parley().owner.page(channelId, { after: ids.at(-1) as string })
    expect(last).toMatchObject({ messages: [], hasNewer: false })
  })

  test('WS-1.2#3 `around` holds the message with context on both sides', async () => {
    for (const at of [0, 1, 100, COUNT - 1]) {
      const page = await parley().owner.page(channelId, { limit: 21, around: ids[at] as string })
      const got = page.messages.map((message) => message.id)
      expect(got).toContain(ids[at])
      const from = ids.indexOf(got[0] as string)
      expect(got).toEqual(ids.slice(from, from + got.length))
      expect(page.hasMore).toBe(from > 0)
      expect(page.hasNewer).toBe(from + got.length < COUNT)
      if (at === 100) {
        expect(got.indexOf(ids[at] as string)).toBeGreaterThan(5)
        expect(got.indexOf(ids[at] as string)).toBeLessThan(15)
      }
    }
  })

  test.each(['0', '-1', '101', '1000', '1.5', 'ten', 'NaN', ''])('WS-1.3 limit=%s answers 400', async (limit) => {
    const reply = await parley().owner.request('GET', `/api/messages?channelId=${channelId}&limit=${limit}`)
    expect(reply.status).toBe(400)
  })

  test('WS-1.2#3 an unknown `before`, `after` or `around` is 404, never a silent page', async () => {
    for (const name of ['before', 'after', 'around']) {
      const reply = await parley().owner.request('GET', `/api/messages?channelId=${channelId}&${name}=msg_none`)
      expect([400, 404], name).toContain(reply.status)
    }
  })

  test('WS-1.2#3 a `before` of another channel is refused and tells nothing of it', async () => {
    const other = await parley().owner.group()
    const { id } = await parley().owner.say(other.id, 'elsewhere')
    for (const name of ['before', 'after', 'around']) {
      const reply = await parley().owner.request('GET', `/api/messages?channelId=${channelId}&${name}=${id}`)
      expect([400, 404], name).toContain(reply.status)
      expect(reply.text).not.toContain('elsewhere')
    }
  })

  test('WS-1.3 no channelId answers 400, an unknown one 404, a foreign one is refused', async () => {
    expect((await parley().owner.request('GET', '/api/messages')).status).toBe(400)
    expect((await parley().owner.request('GET', '/api/messages?channelId=')).status).toBe(400)
    expect((await parley().owner.request('GET', '/api/messages?channelId=ch_none')).status).toBe(404)
    const { client } = await parley().cast.person()
    expect([403, 404]).toContain((await client.request('GET', `/api/messages?channelId=${channelId}`)).status)
  })

  test('WS-1.2#3 two of before, after and around together answer 400', async () => {
    const reply = await parley().owner.request(
      'GET',
      `/api/messages?channelId=${channelId}&before=${ids[5]}&after=${ids[1]}`,
    )
    expect(reply.status).toBe(400)
  })

  test('WS-1.2#3 an empty channel is an empty page', async () => {
    const { id } = await parley().owner.group()
    expect(await parley().owner.page(id)).toMatchObject({ messages: [], hasMore: false, hasNewer: false })
  })

  test('WS-1.2#3 lastSeq closes the gap between reading and subscribing', async () => {
    const group = await parley().owner.group()
    await parley().owner.say(group.id, 'read')
    const { lastSeq } = await parley().owner.page(group.id)
    const { id } = await parley().owner.say(group.id, 'in between')
    const socket = await parley().owner.socket()
    await socket.auth()
    await socket.subscribe(group.id, { after: lastSeq })
    await socket.next('message', (frame) => frame.data.id === id)
    expect(socket.journal.arrivals(group.id).map((message) => message.content)).toEqual(['in between'])
    await socket.close()
  })
})
