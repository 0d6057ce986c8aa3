import { silentLogger } from '@parley/base'
import { type AnswerWriter, bells, type Caller } from '@parley/core'
import { createWorkspace, type Workspace } from '@parley/core/testing'
import type { ServerFrame } from '@parley/protocol/workspace'
import { beforeEach, describe, expect, it } from 'vitest'
import { ChannelFeed, type SubscribeOptions } from './channel-feed.ts'

const LEASE_MS = 15_000

describe('ChannelFeed', () => {
  let workspace: Workspace
  let ann: Caller
  let channelId: string
  let feed: ChannelFeed

  beforeEach(async () => {
    workspace = await createWorkspace()
    ann = await workspace.person('Ann')
    await workspace.agent('writer', 'Writer')
    channelId = (await workspace.channels.create(ann, { type: 'dm', agentIds: ['writer'] })).id
    const { bus, messages, answers, live } = workspace
    const ports = {
      messages,
      answers,
      live,
      listenLog: (id: string, listener: (seq: number) => void) => bus.listen(bells.channel(id), listener),
      listenAnswers: (id: string, listener: () => void) => bus.listen(bells.answers(id), listener),
    }
    feed = new ChannelFeed(channelId, ports, silentLogger)
    return () => feed[Symbol.dispose]()
  })

  /** Subscribes a new reader; returns the frames it gets about answers, as they come. */
  async function follow(options: Omit<SubscribeOptions, 'head'> = {}): Promise<ServerFrame[]> {
    const frames: ServerFrame[] = []
    const send = (frame: Buffer): void => {
      const parsed = JSON.parse(payloadOf(frame)) as ServerFrame
      if (parsed.type !== 'answers' && parsed.type !== 'subscribed') frames.push(parsed)
    }
    const head = await workspace.channels.head(ann, channelId)
    feed.subscribe({ connection: { send, congested: false }, userId: ann.userId }, { ...options, head })
    await settled()
    return frames
  }

  /** Begins the next answer in line. */
  async function begin() {
    const [lease] = await workspace.turns.claim('worker', 1, LEASE_MS)
    const head = lease && (await workspace.turns.begin(lease))
    if (!lease || !head) throw new Error('nothing to answer')
    const writer = workspace.live.open(head)
    const finish = async (status: 'done' | 'stopped', text: string): Promise<void> => {
      await writer.seal()
      const usage = { inputTokens: 1, outputTokens: 1 }
      const outcome = { status, text, reasoning: '', tools: [], model: 'demo/echo', usage, durationMs: 1 }
      await workspace.turns.finish(lease, outcome)
      writer.end()
      await settled()
    }
    return { id: head.messageId, writer, finish }
  }

  const tool = (writer: AnswerWriter, status: 'calling' | 'error'): void =>
    writer.tool({ callId: 'c1', toolName: 'search', arguments: {}, status })

  it('shows nothing more of an answer that was deleted while it ran', async () => {
    const frames = await follow()
    await workspace.messages.post(ann, { channelId, content: 'hello' })
    const answer = await begin()
    answer.writer.text('Let me see.')
    tool(answer.writer, 'calling')
    await settled()
    await workspace.messages.remove(ann, answer.id)
    await settled()
    const before = frames.length
    expect(frames.slice(-2).map(({ type }) => type)).toEqual(['stream_end', 'message'])
    // What the worker still does until it hears of the stop.
    answer.writer.text(' More.')
    tool(answer.writer, 'error')
    await settled()
    await answer.finish('stopped', 'Let me see. More.')
    expect(frames.slice(before)).toEqual([])
    expect(await follow()).toEqual([])
  })

  it('resumes from an offset only within the same try of an answer', async () => {
    await workspace.messages.post(ann, { channelId, content: 'hello' })
    const first = await begin()
    first.writer.text('Roses are')
    await follow()
    expect(await follow({ offsets: { [first.id]: 6 } })).toMatchObject([
      { type: 'stream_chunk', data: { messageId: first.id, content: 'are' } },
    ])
    await first.finish('stopped', 'Roses are')
    await workspace.answers.retry(ann, first.id)
    const second = await begin()
    second.writer.text('Violets are blue')
    expect(await follow({ offsets: { [second.id]: 6 } })).toMatchObject([
      { type: 'stream_start', data: { messageId: first.id, content: 'Violets are blue' } },
    ])
  })

  it('resumes from an offset only while the text has not started over', async () => {
    await workspace.messages.post(ann, { channelId, content: 'hello' })
    const { id, writer } = await begin()
    writer.text('This was thinking')
    await follow()
    writer.restart()
    writer.text('This is the answer, at last')
    expect(await follow({ offsets: { [id]: 17 } })).toMatchObject([
      { type: 'stream_start', data: { messageId: id, content: 'This is the answer, at last' } },
    ])
  })
})

/** Until the log was read and the chunk interval has passed. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 150))
}

/** The text of a WebSocket frame. */
function payloadOf(frame: Buffer): string {
  const length = frame.readUInt8(1)
  const header = length < 126 ? 2 : length === 126 ? 4 : 10
  return frame.toString('utf8', header)
}
