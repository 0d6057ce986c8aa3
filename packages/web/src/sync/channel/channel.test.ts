import type { Message, ServerFrame } from '@parley/protocol/workspace'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LiveAnswers } from '../answers/live-answers.ts'
import { ApiClient } from '../api/client.ts'
import { ChannelRegistry } from './registry.ts'
import { messagesOf } from './state.ts'

type Entry = { seq: number; kind: 'message' | 'change'; id: string }

/** The server's side of one channel as its contract says: a log with a gap-free sequence, pages over HTTP, frames over a socket. */
class ServerChannel {
  readonly messages = new Map<string, Message>()
  readonly entries: Entry[] = []
  /** Text of running answers. */
  readonly running = new Map<string, string>()
  /** Set while a client is connected. */
  deliver: ((frame: ServerFrame) => void) | null = null
  subscribed = false

  get head(): number {
    return this.entries.length
  }

  #push(frame: ServerFrame): void {
    if (this.subscribed) this.deliver?.(frame)
  }

  post(content: string, fields: Partial<Message> = {}): Message {
    const seq = this.head + 1
    const message: Message = {
      id: `msg_${seq}`,
      channelId: 'ch',
      agentId: null,
      userId: 'user',
      content,
      type: 'text',
      metadata: {},
      createdAt: new Date(seq).toISOString(),
      seq,
      ...fields,
    }
    this.messages.set(message.id, message)
    this.entries.push({ seq, kind: 'message', id: message.id })
    this.#push(this.running.has(message.id) ? this.#start(message.id) : { type: 'message', data: message })
    return message
  }

  revise(id: string, change: Partial<Message>): void {
    const before = this.messages.get(id)
    if (before === undefined) return
    const message = { ...before, ...change }
    this.messages.set(id, message)
    const seq = this.head + 1
    this.entries.push({ seq, kind: 'change', id })
    if (this.running.has(id)) {
      this.running.delete(id)
      this.#push({ type: 'stream_end', data: { messageId: id } })
      this.#push({ type: 'message', data: message })
    } else this.#push({ type: 'message_updated', data: { message, seq } })
  }

  begin(): Message {
    const id = `msg_${this.head + 1}`
    this.running.set(id, '')
    return this.post('', { agentId: 'agent', userId: null, metadata: { answer: { status: 'streaming' } } })
  }

  write(id: string, piece: string): void {
    if (!this.running.has(id)) return
    this.running.set(id, this.running.get(id) + piece)
    this.#push({ type: 'stream_chunk', data: { messageId: id, content: piece } })
  }

  finish(id: string): void {
    if (this.running.has(id))
      this.revise(id, { content: this.running.get(id) ?? '', metadata: { answer: { status: 'done' } } })
  }

  #start(id: string): ServerFrame {
    const { seq, createdAt } = this.messages.get(id) as Message
    const content = this.running.get(id) ?? ''
    return {
      type: 'stream_start',
      data: {
        messageId: id,
        channelId: 'ch',
        agentId: 'agent',
        seq,
        createdAt,
        ...(content === '' ? {} : { content }),
      },
    }
  }

  subscribe(after: number, offsets: Record<string, number>): void {
    this.subscribed = true
    this.#push({ type: 'subscribed', channelId: 'ch', lastSeq: this.head })
    const told = new Set<string>()
    const missed = this.entries.filter((entry) => entry.seq > after)
    for (const entry of missed.toReversed()) {
      if (told.has(entry.id) && entry.kind === 'change') missed.splice(missed.indexOf(entry), 1)
      told.add(entry.id)
    }
    for (const entry of missed) {
      const message = this.messages.get(entry.id) as Message
      if (this.running.has(entry.id)) continue
      this.#push(
        entry.kind === 'message'
          ? { type: 'message', data: message }
          : { type: 'message_updated', data: { message, seq: entry.seq } },
      )
    }
    for (const [id, text] of this.running) {
      const offset = offsets[id]
      if (offset === undefined) this.#push(this.#start(id))
      else if (offset < text.length)
        this.#push({ type: 'stream_chunk', data: { messageId: id, content: text.slice(offset) } })
    }
  }

  readonly fetch = (async (url: string) => {
    const { pathname, searchParams } = new URL(url, 'http://server')
    if (pathname.endsWith('/answers')) return Response.json({ answers: [] })
    const all = [...this.messages.values()].sort((a, b) => a.seq - b.seq)
    const limit = Number(searchParams.get('limit'))
    const at = (name: string): number => all.findIndex((message) => message.id === searchParams.get(name))
    let [from, to] = [Math.max(0, all.length - limit), all.length]
    if (searchParams.has('before')) [from, to] = [Math.max(0, at('before') - limit), at('before')]
    if (searchParams.has('after')) [from, to] = [at('after') + 1, Math.min(all.length, at('after') + 1 + limit)]
    if (searchParams.has('around')) {
      if (at('around') === -1) return Response.json({ error: 'Not found.' }, { status: 404 })
      from = Math.max(0, at('around') - Math.floor(limit / 2))
      to = Math.min(all.length, from + limit)
    }
    return Response.json({
      messages: all.slice(from, to),
      hasMore: from > 0,
      hasNewer: to < all.length,
      lastSeq: this.head,
    })
  }) as typeof globalThis.fetch
}

function connect(server: ServerChannel) {
  const live = new LiveAnswers((task) => task())
  const registry = new ChannelRegistry({
    api: new ApiClient({ fetch: server.fetch }),
    live,
    subscribe: (_, after, offsets) => server.deliver && server.subscribe(after, offsets),
    unsubscribe: () => {},
    onMessage: () => {},
    onPage: () => {},
  })
  server.deliver = (frame) => registry.receive(frame)
  const channel = registry.open('ch')
  const texts = (): string[] =>
    messagesOf(channel.store.getState().log).map((message) =>
      message.metadata.answer?.status === 'streaming'
        ? (live.get(message.id)?.text ?? message.content)
        : message.content,
    )
  return { live, registry, channel, texts }
}

const ready = async (client: ReturnType<typeof connect>): Promise<void> => {
  await client.channel.load()
  expect(client.channel.store.getState().phase).toBe('ready')
}

describe('a followed channel', () => {
  it('equals the log of the server after any course of events and breaks', async () => {
    const event = fc.oneof(
      { weight: 4, arbitrary: fc.constant({ do: 'post' as const }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), which: fc.nat() }) },
      { weight: 2, arbitrary: fc.constant({ do: 'begin' as const }) },
      {
        weight: 5,
        arbitrary: fc.record({
          do: fc.constant('write' as const),
          which: fc.nat(),
          piece: fc.string({ maxLength: 6 }),
        }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('finish' as const), which: fc.nat() }) },
      { weight: 2, arbitrary: fc.constant({ do: 'break' as const }) },
      { weight: 2, arbitrary: fc.constant({ do: 'return' as const }) },
      { weight: 1, arbitrary: fc.constant({ do: 'older' as const }) },
    )
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 60 }), fc.array(event, { maxLength: 60 }), async (before, events) => {
        const server = new ServerChannel()
        for (let index = 0; index < before; index++) server.post(`before ${index}`)
        const client = connect(server)
        await ready(client)
        const receive = server.deliver
        const pick = (ids: readonly string[], which: number): string => ids[which % Math.max(1, ids.length)] ?? ''
        for (const next of events) {
          if (next.do === 'post') server.post(`text ${server.head}`)
          else if (next.do === 'edit') {
            const id = pick([...server.messages.keys()], next.which)
            if (!server.running.has(id)) server.revise(id, { content: `edited at ${server.head}` })
          } else if (next.do === 'begin') server.begin()
          else if (next.do === 'write') server.write(pick([...server.running.keys()], next.which), next.piece)
          else if (next.do === 'finish') server.finish(pick([...server.running.keys()], next.which))
          else if (next.do === 'break') {
            server.deliver = null
            server.subscribed = false
          } else if (next.do === 'return' && server.deliver === null) {
            server.deliver = receive
            client.registry.reconnected()
          } else if (next.do === 'older') await client.channel.loadOlder()
        }
        server.deliver = receive
        server.subscribed = false
        client.registry.reconnected()
        const shown = messagesOf(client.channel.store.getState().log)
        const all = [...server.messages.values()].sort((a, b) => a.seq - b.seq)
        const expected = all.slice(all.length - shown.length)
        expect(shown.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
        expect(client.texts()).toEqual(expected.map(({ id, content }) => server.running.get(id) ?? content))
        client.registry.clear()
      }),
      { numRuns: 300 },
    )
  })

  it('catches up by pages when the socket was skipped ahead', async () => {
    const server = new ServerChannel()
    for (let index = 0; index < 50; index++) server.post(`before ${index}`)
    const client = connect(server)
    await ready(client)
    server.subscribed = false
    for (let index = 0; index < 200; index++) server.post(`missed ${index}`)
    server.revise('msg_45', { content: 'changed meanwhile' })
    await client.channel.lagged({ type: 'lagged', data: { channelId: 'ch', after: 50 } })
    server.post('after')
    expect(client.texts().at(-1)).toBe('after')
    const ids = messagesOf(client.channel.store.getState().log).map(({ seq, metadata }) => [seq, metadata.editedAt])
    expect(
      ids.map(([seq]) => seq).every((seq, index, list) => index === 0 || Number(seq) > Number(list[index - 1])),
    ).toBe(true)
    while (client.channel.store.getState().log.tail.hasOlder) await client.channel.loadOlder()
    expect(client.texts()).toHaveLength(server.messages.size)
    expect(client.texts()[44]).toBe('changed meanwhile')
  })

  it('jumps to an old message and comes back', async () => {
    const server = new ServerChannel()
    for (let index = 0; index < 300; index++) server.post(`text ${index}`)
    const client = connect(server)
    await ready(client)
    expect(await client.channel.reveal('msg_20')).toBe(true)
    expect(client.texts()).toContain('text 19')
    expect(client.texts()).not.toContain('text 299')
    server.post('meanwhile')
    client.channel.showNewest()
    expect(client.texts().at(-1)).toBe('meanwhile')
    expect(await client.channel.reveal('msg_none')).toBe(false)
  })

  it('writes a retried answer anew in its place', async () => {
    const server = new ServerChannel()
    const client = connect(server)
    await ready(client)
    const answer = server.begin()
    server.write(answer.id, 'first try')
    server.finish(answer.id)
    server.post('and then')
    server.running.set(answer.id, '')
    client.registry.receive({
      type: 'stream_start',
      data: { messageId: answer.id, channelId: 'ch', agentId: 'agent', seq: answer.seq },
    })
    expect(client.texts()).toEqual(['', 'and then'])
    server.write(answer.id, 'second')
    expect(client.texts()).toEqual(['second', 'and then'])
    server.finish(answer.id)
    expect(client.texts()).toEqual(['second', 'and then'])
    expect(client.live.get(answer.id)).toBeUndefined()
  })

  it('says so when the person is no longer a member', async () => {
    const server = new ServerChannel()
    const client = connect(server)
    await ready(client)
    client.registry.receive({ type: 'error', code: 403, error: 'Not a member.', channelId: 'ch' })
    expect(client.channel.store.getState()).toMatchObject({ phase: 'failed', failure: { status: 403 } })
    expect(client.registry.get('ch')).toBeUndefined()
  })
})
