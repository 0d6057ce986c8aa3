import { deleteMessage, editMessage, readAnswer } from '@parley/protocol/workspace'
import { createGate, say, TcpProxy, WorkspaceSocket } from '@parley/testkit'
import { beforeAll, describe, expect, test } from 'vitest'
import { useParley } from './use-parley.ts'

const parley = useParley()

describe('LOG-6 resuming a channel', () => {
  test('LOG-3 `after` brings exactly what was missed, in order, then live messages', async () => {
    const group = await parley().owner.group()
    const sent: string[] = []
    const say50 = async (): Promise<void> => {
      for (let i = 0; i < 25; i++) sent.push((await parley().owner.say(group.id, `m${sent.length}`)).id)
    }
    await say50()
    const first = await parley().owner.socket()
    await first.auth()
    await first.subscribe(group.id, { after: 0 })
    await first.until(() => first.journal.arrivals(group.id).length >= 25, 'the first 25')
    const cursor = first.journal.arrivals(group.id).at(-1)?.seq ?? 0
    first.terminate()
    await say50()
    const second = await parley().owner.socket()
    await second.auth()
    await second.subscribe(group.id, { after: cursor })
    sent.push((await parley().owner.say(group.id, 'live')).id)
    await second.until(() => second.journal.arrivals(group.id).length >= 26, 'the missed and the live one')
    expect(second.journal.arrivals(group.id).map((message) => message.id)).toEqual(sent.slice(25))
    await second.close()
  })

  test('LOG-3 a resume over edits and deletions ends with the server’s rows', async () => {
    const group = await parley().owner.group()
    const posts = []
    for (let i = 0; i < 6; i++) posts.push(await parley().owner.say(group.id, `m${i}`))
    const socket = await parley().owner.socket()
    await socket.auth()
    await socket.subscribe(group.id, { after: 0 })
    await socket.until(() => socket.journal.rows(group.id).length === 6, 'six rows')
    const cursor = posts.at(-1)?.seq ?? 0
    socket.terminate()
    await parley().owner.call(editMessage, { params: { id: posts[1]?.id ?? '' }, body: { content: 'edited' } })
    await parley().owner.call(deleteMessage, { params: { id: posts[2]?.id ?? '' } })
    await parley().owner.say(group.id, 'new')
    const again = await WorkspaceSocket.open(
      { baseUrl: parley().baseUrl, cookie: `session=${parley().owner.token}` },
      socket.journal,
    )
    await again.auth()
    await again.subscribe(group.id, { after: cursor })
    await again.until(() => again.journal.rows(group.id).some((row) => row.content === 'new'), 'the new message')
    expect(again.journal.rows(group.id)).toEqual(await parley().owner.history(group.id))
    await again.close()
  })

  test('LOG-7 a cursor past the head is refused or answered with the true head, and live messages come', async () => {
    const group = await parley().owner.group()
    const { seq } = await parley().owner.say(group.id, 'x')
    const socket = await parley().owner.listen()
    const head = await socket.subscribe(group.id, { after: seq + 100 }).catch(() => undefined)
    if (head === undefined) await socket.subscribe(group.id)
    else expect(head).toBe(seq)
    const { id } = await parley().owner.say(group.id, 'live')
    await socket.next('message', (frame) => frame.data.id === id)
    await socket.close()
  })

  test('LOG-6 nothing falls between catching up and going live', async () => {
    const group = await parley().owner.group()
    const posting = (async () => {
      const ids: string[] = []
      for (let i = 0; i < 150; i++) ids.push((await parley().owner.say(group.id, `${i}`)).id)
      return ids
    })()
    const sockets: WorkspaceSocket[] = []
    for (let i = 0; i < 12; i++) {
      const socket = await parley().owner.socket()
      await socket.auth()
      await socket.subscribe(group.id, { after: 0 })
      sockets.push(socket)
    }
    const ids = await posting
    for (const socket of sockets) {
      await socket.until(() => socket.journal.arrivals(group.id).length >= 150, 'all 150')
      expect(socket.journal.arrivals(group.id).map((message) => message.id)).toEqual(ids)
      await socket.close()
    }
  })
})

describe('D2 resuming a running answer', () => {
  const text = Array.from({ length: 24 }, (_, i) => `块${i} 👩‍👩‍👧 ~${'ab'.repeat(i % 4)} `)
    .join('')
    .trim()
  let agentId: string
  beforeAll(async () => {
    agentId = (await parley().cast.agent(parley().cast.name('Streamer'))).id
  })

  test('D2 leaving and resuming by offset at EVERY chunk boundary gives the undisturbed text', async () => {
    const dm = await parley().owner.dm({ agentId })
    const cookie = `session=${parley().owner.token}`
    const undisturbed = await parley().owner.listen(dm.id)
    parley().model.reply(say(text, { chunkSize: 4, paceMs: 25 }))
    let reader = await WorkspaceSocket.open({ baseUrl: parley().baseUrl, cookie })
    await reader.auth()
    await reader.subscribe(dm.id)
    const { journal } = reader
    const asked = await parley().owner.say(dm.id, 'stream, please')
    const start = await undisturbed.next('stream_start')
    const id = start.data.messageId
    await reader.until(() => journal.streamed(id) !== undefined || journal.row(id) !== undefined, 'the stream')
    let cursor = start.data.seq ?? asked.seq
    let resumes = 0
    while (!journal.ended(id) && resumes < 400) {
      const had = journal.streamed(id)?.length ?? 0
      reader.terminate()
      reader = await WorkspaceSocket.open({ baseUrl: parley().baseUrl, cookie }, journal)
      const since = journal.frames.length
      reader.send({ type: 'auth' })
      await reader.next('auth_ok', () => true, { since })
      const offset = journal.streamed(id)?.length ?? had
      cursor = Math.max(
        cursor,
        await reader.subscribe(dm.id, { after: cursor, offsets: { [id]: offset } }).then(() => cursor),
      )
      resumes++
      await reader.until(
        () => (journal.streamed(id)?.length ?? 0) > offset || journal.row(id)?.metadata.answer?.status === 'done',
        `progress after resume ${resumes}`,
      )
      if (journal.row(id)?.metadata.answer?.status === 'done') break
    }
    const whole = await undisturbed.finished(id)
    expect(whole.content).toBe(text)
    expect(undisturbed.journal.streamed(id)).toBe(text)
    const final = await reader.finished(id)
    expect(final.content).toBe(text)
    expect(text.startsWith(journal.streamed(id) ?? '?')).toBe(true)
    expect(resumes).toBeGreaterThan(10)
    await reader.close()
    await undisturbed.close()
  })

  test('D2 from every offset the rest of the text is delivered: no character missing, none twice', async () => {
    const dm = await parley().owner.dm({ agentId })
    const gate = createGate()
    const short = 'Ünï 😀 文字 — done.'
    parley().model.reply(say(short, { chunkSize: 1, gate, gateAfter: 14 }))
    const first = await parley().owner.listen(dm.id)
    await parley().owner.say(dm.id, 'hold')
    const id = (await first.next('stream_start')).data.messageId
    await first.until(() => (first.journal.streamed(id)?.length ?? 0) >= 8, 'some text')
    await new Promise((resolve) => setTimeout(resolve, 200))
    const held = first.journal.streamed(id) ?? ''
    const readers: [number, WorkspaceSocket][] = []
    for (let offset = 0; offset <= held.length; offset++) {
      // A client never holds half a character pair.
      if (/[\uDC00-\uDFFF]/.test(held.charAt(offset))) continue
      const reader = await parley().owner.socket()
      await reader.auth()
      await reader.subscribe(dm.id, { offsets: { [id]: offset } })
      readers.push([offset, reader])
    }
    gate.open()
    for (const [offset, reader] of readers) {
      const final = await reader.finished(id)
      expect(final.content).toBe(short)
      const start = reader.frames.find((frame) => frame.type === 'stream_start')
      const chunks = reader.journal.streamed(id)
      // Either a snapshot replaced what the reader held, or chunks continue it.
      const snapshot = start?.type === 'stream_start' && start.data.content !== undefined && start.data.content !== ''
      expect(snapshot ? chunks : held.slice(0, offset) + chunks, `offset ${offset}`).toBe(short)
      await reader.close()
    }
    expect(readers.length).toBeGreaterThan(6)
    await first.close()
  })

  test('D2 a late subscriber gets the text so far and then the rest', async () => {
    const dm = await parley().owner.dm({ agentId })
    const gate = createGate()
    parley().model.reply(say('first half, second half', { chunkSize: 12, gate, gateAfter: 2 }))
    const early = await parley().owner.listen(dm.id)
    await parley().owner.say(dm.id, 'hold')
    const id = (await early.next('stream_start')).data.messageId
    await early.until(() => (early.journal.streamed(id) ?? '').length > 0, 'the first chunk')
    const late = await parley().owner.listen(dm.id)
    const start = await late.next('stream_start', (frame) => frame.data.messageId === id)
    expect(start.data).toMatchObject({ channelId: dm.id, agentId })
    expect('first half, second half'.startsWith(start.data.content ?? '?')).toBe(true)
    gate.open()
    await late.finished(id)
    expect(late.journal.streamed(id)).toBe('first half, second half')
    await early.close()
    await late.close()
  })

  test('D2 without a socket the text is read by HTTP from any offset', async () => {
    const dm = await parley().owner.dm({ agentId })
    const gate = createGate()
    parley().model.reply(say('one two three', { chunkSize: 4, gate, gateAfter: 2 }))
    const socket = await parley().owner.listen(dm.id)
    await parley().owner.say(dm.id, 'hold')
    const id = (await socket.next('stream_start')).data.messageId
    await socket.until(() => (socket.journal.streamed(id) ?? '').length > 0, 'a chunk')
    const read = (offset: number) => parley().owner.call(readAnswer, { params: { id }, query: { offset } })
    const partial = await read(0)
    expect(partial.done).toBe(false)
    expect('one two three'.startsWith(partial.content)).toBe(true)
    expect(partial.offset).toBe(partial.content.length)
    gate.open()
    await socket.finished(id)
    const rest = await read(partial.offset)
    expect(rest.done).toBe(true)
    expect(partial.content + rest.content).toBe('one two three')
    expect((await read(13)).content).toBe('')
    const past = await parley().owner.attempt(readAnswer, { params: { id }, query: { offset: 10_000 } })
    expect([200, 400]).toContain(past.status)
    const { client } = await parley().cast.person('Stranger')
    expect([403, 404]).toContain((await client.attempt(readAnswer, { params: { id }, query: {} })).status)
    await socket.close()
  })

  test('D2 closing every connection does not stop the answer', async () => {
    const dm = await parley().owner.dm({ agentId })
    const gate = createGate()
    parley().model.reply(say('written while nobody looks', { chunkSize: 5, gate, gateAfter: 2 }))
    const socket = await parley().owner.listen(dm.id)
    await parley().owner.say(dm.id, 'go')
    const id = (await socket.next('stream_start')).data.messageId
    socket.terminate()
    gate.open()
    const back = await parley().owner.listen(dm.id)
    await back.subscribe(dm.id, { after: 0 })
    const row = await back.finished(id)
    expect(row.content).toBe('written while nobody looks')
    await back.close()
  })
})

describe('D1 a line that breaks', () => {
  test('D1 a cut line, a stalled line and a half-open line lose and double nothing', async () => {
    await using proxy = await TcpProxy.start(Number(new URL(parley().baseUrl).port))
    const group = await parley().owner.group()
    const cookie = `session=${parley().owner.token}`
    const open = (): Promise<WorkspaceSocket> => WorkspaceSocket.open({ baseUrl: proxy.baseUrl, cookie })
    const ids: string[] = []
    const post = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) ids.push((await parley().owner.say(group.id, `${ids.length}`)).id)
    }
    let socket = await open()
    const { journal } = socket
    const faults = [(): void => proxy.cut(), (): void => proxy.mode('stall'), (): void => proxy.loseUpstream()]
    for (const fault of faults) {
      await socket.auth()
      await socket.subscribe(group.id, { after: journal.arrivals(group.id).at(-1)?.seq ?? 0 })
      await post(5)
      fault()
      await post(5)
      socket.terminate()
      proxy.mode('pass')
      socket = await WorkspaceSocket.open({ baseUrl: proxy.baseUrl, cookie }, journal)
    }
    await socket.auth()
    await socket.subscribe(group.id, { after: journal.arrivals(group.id).at(-1)?.seq ?? 0 })
    await socket.until(() => journal.arrivals(group.id).length >= ids.length, 'everything')
    expect(journal.arrivals(group.id).map((message) => message.id)).toEqual(ids)
    socket.terminate()
  })
})
