import { silentLogger } from '@parley/base'
import { type AnswerLease, type AnswerWriter, bells, type Caller } from '@parley/core'
import { createWorkspace, type Workspace } from '@parley/core/testing'
import type { Message, ServerFrame } from '@parley/protocol/workspace'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ChannelFeed } from './channel-feed.ts'
import type { FeedSocket, Subscription } from './feed-socket.ts'

/** What a client does with frames: rows by id, texts of running answers, a cursor to resume from. */
class Reader implements FeedSocket {
  readonly userId = 'user_reader'
  readonly rows = new Map<string, Message>()
  readonly texts = new Map<string, string>()
  readonly connection: { congested: boolean; send: (frame: Buffer) => void }
  subscription: Subscription | undefined
  cursor = 0
  /** False once it was away or could not read. */
  present = true

  constructor() {
    this.connection = { congested: false, send: (frame) => this.#take(frame) }
  }

  #take(frame: Buffer): void {
    const parsed = JSON.parse(payloadOf(frame)) as ServerFrame
    switch (parsed.type) {
      case 'message':
        this.#put(parsed.data, parsed.data.seq)
        break
      case 'message_updated':
        this.#put(parsed.data.message, parsed.data.seq)
        break
      case 'stream_start':
        this.texts.set(parsed.data.messageId, parsed.data.content ?? '')
        break
      case 'stream_chunk': {
        const { messageId, content } = parsed.data
        // A piece without a beginning could not be shown.
        expect(this.texts.has(messageId)).toBe(true)
        this.texts.set(messageId, (this.texts.get(messageId) as string) + content)
        break
      }
    }
  }

  #put(message: Message, seq: number): void {
    const streamed = this.texts.get(message.id)
    const status = message.metadata.answer?.status
    // Whoever was there all the time got every piece; the others get the rest with the message.
    if (streamed !== undefined && status === 'done' && this.present) expect(streamed).toBe(message.content)
    this.rows.set(message.id, message)
    if (status !== 'streaming') this.texts.delete(message.id)
    this.cursor = Math.max(this.cursor, seq)
  }
}

interface Running {
  readonly lease: AnswerLease
  readonly writer: AnswerWriter
}

/** One channel under a random course of events, some bells of which get lost. */
class Course {
  readonly #workspace: Workspace
  readonly #caller: Caller
  readonly #channelId: string
  readonly #readers: Reader[] = []
  readonly #posted: string[] = []
  readonly feed: ChannelFeed
  deaf = false
  #running: Running | undefined

  private constructor(workspace: Workspace, caller: Caller, channelId: string) {
    this.#workspace = workspace
    this.#caller = caller
    this.#channelId = channelId
    const { bus, messages, answers, live } = workspace
    const listenLog = (id: string, listener: (seq: number) => void) =>
      bus.listen(bells.channel(id), (seq) => {
        if (!this.deaf) listener(seq)
      })
    const listenAnswers = (id: string, listener: () => void) => bus.listen(bells.answers(id), listener)
    this.feed = new ChannelFeed(channelId, { messages, answers, live, listenLog, listenAnswers }, silentLogger)
  }

  static async begin(): Promise<Course> {
    const workspace = await createWorkspace()
    const caller = await workspace.person('Ann')
    await workspace.agent('writer', 'Writer')
    const channel = await workspace.channels.create(caller, { type: 'dm', agentIds: ['writer'] })
    return new Course(workspace, caller, channel.id)
  }

  async step(action: string, pick: number): Promise<void> {
    const { messages } = this.#workspace
    const reader = this.#readers[pick % Math.max(1, this.#readers.length)]
    const message = this.#posted[pick % Math.max(1, this.#posted.length)]
    if (action === 'post') this.#posted.push((await messages.post(this.#caller, this.#input(`m${pick}`))).id)
    else if (action === 'edit' && message) await messages.edit(this.#caller, message, `e${pick}`).catch(() => {})
    else if (action === 'remove' && message) await messages.remove(this.#caller, message).catch(() => {})
    else if (action === 'join') await this.#connect(new Reader())
    else if (action === 'leave' && reader) this.#disconnect(reader)
    else if (action === 'return' && reader && !reader.subscription) await this.#connect(reader)
    else if (action === 'congest' && reader?.subscription) this.#congest(reader)
    else if (action === 'drain' && reader) this.#drain(reader)
    else if (action === 'deaf') this.deaf = pick % 2 === 0
    else if (action === 'answer') await this.#answer()
    else if (action === 'write')
      this.#running?.writer.text(['Hello ', '世界', '😀', '\ud83d', '\ude00.'][pick % 5] as string)
    else if (action === 'restart') this.#running?.writer.restart()
    else if (action === 'finish') await this.#finish()
    else if (action === 'wait') await new Promise((resolve) => setTimeout(resolve, pick % 40))
  }

  #input(content: string) {
    return { channelId: this.#channelId, content }
  }

  async #connect(reader: Reader): Promise<void> {
    if (!this.#readers.includes(reader)) this.#readers.push(reader)
    const head = await this.#workspace.channels.head(this.#caller, this.#channelId)
    const offsets = Object.fromEntries([...reader.texts].map(([id, text]) => [id, text.length]))
    reader.subscription = this.feed.subscribe(reader, { head, after: reader.cursor, offsets })
  }

  #congest(reader: Reader): void {
    reader.connection.congested = true
    reader.present = false
  }

  #disconnect(reader: Reader): void {
    reader.present = false
    if (reader.subscription) this.feed.end(reader.subscription)
    reader.subscription = undefined
    reader.connection.congested = false
  }

  #drain(reader: Reader): void {
    reader.connection.congested = false
    if (reader.subscription) this.feed.resume(reader.subscription)
  }

  async #answer(): Promise<void> {
    if (this.#running) return
    const [lease] = await this.#workspace.turns.claim('worker', 1, 60_000)
    const head = lease && (await this.#workspace.turns.begin(lease))
    if (lease && head) this.#running = { lease, writer: this.#workspace.live.open(head) }
  }

  async #finish(): Promise<void> {
    if (!this.#running) return
    const { lease, writer } = this.#running
    this.#running = undefined
    await writer.seal()
    const { text } = writer.content()
    const usage = { inputTokens: 0, outputTokens: 0 }
    const outcome = { status: 'done' as const, text, reasoning: '', tools: [], model: '', usage, durationMs: 1 }
    await this.#workspace.turns.finish(lease, outcome)
    writer.end()
  }

  /** Everybody is back and can read; lost bells are made up for. Then all see the same. */
  async end(): Promise<void> {
    this.deaf = false
    for (const reader of this.#readers) {
      if (reader.subscription) this.#drain(reader)
      else await this.#connect(reader)
    }
    this.feed.poke()
    await new Promise((resolve) => setTimeout(resolve, 150))
    const { messages } = await this.#workspace.messages.page(this.#caller, { channelId: this.#channelId, limit: 100 })
    const stored = messages.filter((message) => message.metadata.answer?.status !== 'streaming')
    const running = this.#running?.writer
    for (const reader of this.#readers) {
      const rows = [...reader.rows.values()].toSorted((left, right) => left.seq - right.seq)
      expect(rows.map(({ id, content }) => [id, content])).toEqual(stored.map(({ id, content }) => [id, content]))
      if (running && isShown(messages, running)) {
        // The half of a surrogate pair waits for its other half.
        const text = running.content().text.replace(/[\ud800-\udbff]$/, '')
        expect(reader.texts.get(running.head.messageId) ?? '').toBe(text)
      }
    }
    this.feed[Symbol.dispose]()
  }
}

function isShown(messages: readonly { id: string; metadata: { deletedAt?: string } }[], writer: AnswerWriter): boolean {
  return messages.some(({ id, metadata }) => id === writer.head.messageId && metadata.deletedAt === undefined)
}

/** The text of a WebSocket frame. */
function payloadOf(frame: Buffer): string {
  const length = frame.readUInt8(1)
  const header = length < 126 ? 2 : length === 126 ? 4 : 10
  return frame.toString('utf8', header)
}

const actions = [
  'post',
  'post',
  'edit',
  'remove',
  'join',
  'leave',
  'return',
  'congest',
  'drain',
  'deaf',
  'answer',
  'write',
  'write',
  'restart',
  'finish',
  'wait',
]
const course = fc.array(fc.tuple(fc.constantFrom(...actions), fc.nat({ max: 1_000 })), { minLength: 5, maxLength: 50 })

test('LOG-5 LOG-6 whatever happens, all readers of a channel end up with the same messages and texts', async () => {
  await fc.assert(
    fc.asyncProperty(course, async (steps) => {
      const run = await Course.begin()
      await run.step('join', 0)
      for (const [action, pick] of steps) await run.step(action, pick)
      await run.end()
    }),
    { numRuns: 40, interruptAfterTimeLimit: 40_000, markInterruptAsFailure: false },
  )
}, 60_000)
