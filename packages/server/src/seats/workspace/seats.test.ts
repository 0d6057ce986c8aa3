import { silentLogger } from '@parley/base'
import { type Caller, startOfAnswer } from '@parley/core'
import { createWorkspace, type Workspace } from '@parley/core/testing'
import type { Outcome, Turn } from '@parley/runtime'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SettingsModelSource, type TurnSourceOptions, WorkspaceTurnSource } from './index.ts'

function outcome(text: string, fields: Partial<Outcome> = {}): Outcome {
  const usage = { inputTokens: 1, outputTokens: 1 }
  return { status: 'done', text, reasoning: '', tools: [], model: 'demo/echo', usage, durationMs: 1, ...fields }
}

describe('the workspace seat', () => {
  let workspace: Workspace
  let ann: Caller
  let channelId: string
  const sources: WorkspaceTurnSource[] = []

  beforeEach(async () => {
    workspace = await createWorkspace({ live: { maxLength: 100 } })
    ann = await workspace.person('Ann')
    await workspace.agents.create(workspace.owner, {
      id: 'writer',
      name: 'Writer',
      aliases: ['Scribe'],
      soul: 'You write.',
      tools: ['web_search'],
    })
    await workspace.agent('coder', 'Coder')
    await workspace.agent('outsider', 'Outsider')
    const fields = { type: 'group', name: 'Team', agentIds: ['writer', 'coder'] } as const
    channelId = (await workspace.channels.create(ann, fields)).id
  })

  afterEach(() => {
    for (const source of sources.splice(0)) source[Symbol.dispose]()
  })

  const source = (owner: string, options: Partial<TurnSourceOptions> = {}) => {
    const { store, roster, souls, uploads, turns, live, bus } = workspace
    const readers = { log: store.log, roster, agents: store.agents, souls, uploads }
    const created = new WorkspaceTurnSource(
      { readers, writers: { turns, live, logger: silentLogger }, bus },
      { owner, ...options },
    )
    sources.push(created)
    return created
  }
  const post = (content: string, fields: object = {}) => workspace.messages.post(ann, { channelId, content, ...fields })
  const claimed = async (from: WorkspaceTurnSource): Promise<Turn> => {
    const [turn] = await from.claim(1)
    if (!turn) throw new Error('nothing to claim')
    return turn
  }
  const begun = async (turn: Turn) => {
    const sink = await turn.seat.begin()
    if (!sink) throw new Error('nothing to answer')
    return sink
  }

  it('plays one answer from the claim to the stored message', async () => {
    const { id } = await post('@Writer a poem')
    const turn = await claimed(source('w1'))
    expect(turn).toMatchObject({
      conversationId: channelId,
      agentId: 'writer',
      triggerId: id,
      asker: { id: ann.userId, role: 'member' },
    })
    expect(turn).not.toHaveProperty('model')
    const sink = await begun(turn)
    sink.model('demo/echo')
    sink.reasoning('Hm.')
    sink.text('Roses ')
    sink.tool({ callId: 'c1', toolName: 'web_search', arguments: {}, status: 'calling' })
    sink.text('are red')
    expect(workspace.live.readFrom(sink.messageId, startOfAnswer)).toMatchObject({
      text: 'Roses are red',
      reasoning: 'Hm.',
      model: 'demo/echo',
    })
    const tools = [{ callId: 'c1', toolName: 'web_search', arguments: {}, status: 'completed', result: 'x' }] as const
    await sink.finish(outcome('Roses are red', { reasoning: 'Hm.', tools }))
    const stored = await workspace.messages.get(ann, sink.messageId)
    expect(stored).toMatchObject({ content: 'Roses are red', agentId: 'writer' })
    expect(stored.metadata.answer?.tools).toEqual([{ ...tools[0], at: 6 }])
    expect(workspace.live.running(channelId)).toEqual([])
  })

  it('hands out one turn per conversation, several conversations at a time', async () => {
    const dm = await workspace.channels.create(ann, { type: 'dm', agentIds: ['writer'] })
    await post('@Writer one')
    await post('@Writer two')
    await workspace.messages.post(ann, { channelId: dm.id, content: 'three' })
    const [first, second] = [source('w1'), source('w2')]
    const turns = [...(await first.claim(10)), ...(await second.claim(10))]
    expect(turns.map((turn) => turn.conversationId)).toEqual([channelId, dm.id])
    await (await begun(turns[0] as Turn)).finish(outcome('done'))
    expect((await claimed(second)).conversationId).toBe(channelId)
  })

  it('passes the model chosen for a retry', async () => {
    await post('@Writer hi')
    const from = source('w1')
    const sink = await begun(await claimed(from))
    await sink.finish(outcome('one'))
    await workspace.answers.retry(ann, sink.messageId, 'other/model')
    expect((await claimed(from)).model).toBe('other/model')
  })

  describe('waiting', () => {
    it('ends with the bell of a new answer, also of one that rang before', async () => {
      const from = source('w1', { pollMs: 60_000 })
      const { signal } = new AbortController()
      const waiting = from.wait(signal)
      await post('@Writer hi')
      await waiting
      const turn = await claimed(from)
      await (await begun(turn)).finish(outcome('@Coder next'))
      await from.wait(signal)
      expect((await claimed(from)).agentId).toBe('coder')
    })

    it('ends after the poll interval without a bell, and at once when aborted', async () => {
      await source('w1', { pollMs: 1 }).wait(new AbortController().signal)
      const abort = new AbortController()
      const waiting = source('w2', { pollMs: 60_000 }).wait(abort.signal)
      abort.abort('enough')
      await expect(waiting).rejects.toBe('enough')
    })
  })

  describe('stopping', () => {
    it('aborts the turn at once and keeps the text', async () => {
      await post('@Writer hi')
      const turn = await claimed(source('w1'))
      const sink = await begun(turn)
      sink.text('so far')
      await workspace.answers.stop(ann, sink.messageId)
      expect(turn.signal.reason).toBe('stopped')
      await sink.finish(outcome('so far', { status: 'stopped' }))
      const stored = await workspace.messages.get(ann, sink.messageId)
      expect(stored).toMatchObject({ content: 'so far', metadata: { answer: { status: 'stopped' } } })
    })

    it('is learnt by renewal when the bell was lost', async () => {
      await post('@Writer hi')
      const turn = await claimed(source('w1', { lease: { renewEveryMs: 5 } }))
      const sink = await begun(turn)
      const [job] = await workspace.store.jobs.pending(`channel:${channelId}`)
      await workspace.store.writer.commit([{ op: 'job.stop', id: job?.id as string }])
      await aborted(turn)
      expect(turn.signal.reason).toBe('stopped')
      await sink.finish(outcome('', { status: 'stopped' }))
    })

    it('happens by itself when an answer grows too long: it is cut and ends as failed', async () => {
      await post('@Writer hi')
      const turn = await claimed(source('w1'))
      const sink = await begun(turn)
      for (let i = 0; i < 12; i++) sink.text('0123456789')
      expect(turn.signal.reason).toBe('stopped')
      await sink.finish(outcome('0123456789'.repeat(12), { status: 'stopped' }))
      const stored = await workspace.messages.get(ann, sink.messageId)
      expect(stored.content).toHaveLength(100)
      expect(stored.metadata.answer).toMatchObject({ status: 'failed', failure: { retryable: true } })
    })
  })

  describe('losing the lease', () => {
    it('aborts the turn, ends its live text and drops its late end', async () => {
      await post('@Writer hi')
      const first = await claimed(source('w1', { lease: { leaseMs: 1000, renewEveryMs: 20 } }))
      const sink = await begun(first)
      workspace.clock.pass(1001)
      const second = await claimed(source('w2'))
      await aborted(first)
      expect(first.signal.reason).toBe('lease-lost')
      expect(workspace.live.get(sink.messageId)).toBeUndefined()
      const other = await begun(second)
      expect(other.messageId).toBe(sink.messageId)
      sink.text('ghost')
      await sink.finish(outcome('ghost'))
      other.text('alive')
      expect(workspace.live.readFrom(other.messageId, startOfAnswer)?.text).toBe('alive')
      await other.finish(outcome('alive'))
      expect((await workspace.messages.get(ann, sink.messageId)).content).toBe('alive')
    })

    it('closes what a dead worker had shown, as an interrupted answer', async () => {
      await post('@Writer hi')
      const dead = source('w1')
      const sink = await begun(await claimed(dead))
      sink.text('Half')
      await until(async () => (await workspace.store.streams.pieces(sink.messageId)).length > 0)
      dead[Symbol.dispose]()
      await workspace.turns.recover()
      const turn = await claimed(source('w2'))
      expect(await turn.seat.begin()).toBeUndefined()
      const stored = await workspace.messages.get(ann, sink.messageId)
      expect(stored).toMatchObject({ content: 'Half', metadata: { answer: { failure: { class: 'interrupted' } } } })
      expect(workspace.live.get(sink.messageId)).toBeUndefined()
      expect(await source('w3').claim(5)).toEqual([])
    })
  })

  describe('what the agent sees', () => {
    it('its conversation, profile and the colleagues outside', async () => {
      await post('@Writer hi')
      const { seat } = await claimed(source('w1'))
      const conversation = await seat.conversation()
      expect(conversation).toMatchObject({ id: channelId, name: 'Team', kind: 'group' })
      expect(conversation.members.map((member) => [member.kind, member.name])).toEqual(
        expect.arrayContaining([
          ['person', 'Ann'],
          ['agent', 'Writer'],
          ['agent', 'Coder'],
        ]),
      )
      expect(conversation.members.find((member) => member.id === 'writer')?.aliases).toContain('Scribe')
      expect(await seat.agent('writer')).toMatchObject({ name: 'Writer', soul: 'You write.', tools: ['web_search'] })
      expect((await seat.agents?.())?.map((agent) => agent.id)).toEqual(['outsider'])
      await workspace.agents.update(workspace.owner, 'writer', { disabled: true })
      expect(await seat.agent('writer')).toBeUndefined()
      expect(await seat.agent('nobody')).toBeUndefined()
    })

    it('the history before its answer, labelled by author, colleagues included', async () => {
      const from = source('w1')
      await post('@Writer one')
      const first = await begun(await claimed(from))
      await first.finish(outcome('from the writer'))
      const removed = await post('removed')
      await workspace.messages.remove(ann, removed.id)
      await post('@Writer fails')
      const failing = await begun(await claimed(from))
      await failing.finish(outcome('', { status: 'failed' }))
      await post('@Coder two', { replyTo: first.messageId })
      const turn = await claimed(from)
      await post('already waiting')
      const before = await turn.seat.history(50)
      await begun(turn)
      await post('came later')
      const history = await turn.seat.history(50)
      expect(history).toEqual(before)
      expect(history.map((message) => [message.author.kind, message.author.name, message.text])).toEqual([
        ['person', 'Ann', '@Writer one'],
        ['agent', 'Writer', 'from the writer'],
        ['person', 'Ann', '@Writer fails'],
        ['person', 'Ann', '@Coder two'],
        ['person', 'Ann', 'already waiting'],
      ])
      expect(history[3]?.replyTo).toBe(first.messageId)
      expect((await turn.seat.history(2)).map((message) => message.text)).toEqual(['@Coder two', 'already waiting'])
      expect(await turn.seat.history(0)).toEqual([])
    })

    it('of an answer written again, only what was before it', async () => {
      const from = source('w1')
      await post('@Writer one')
      const sink = await begun(await claimed(from))
      await sink.finish(outcome('first try'))
      await post('said afterwards')
      await workspace.answers.retry(ann, sink.messageId)
      const turn = await claimed(from)
      expect((await turn.seat.history(50)).map((message) => message.text)).toEqual(['@Writer one'])
      await begun(turn)
      expect((await turn.seat.history(50)).map((message) => message.text)).toEqual(['@Writer one'])
    })

    it('enough history behind a pile of deleted messages', async () => {
      for (let i = 0; i < 5; i++) await post(`kept ${i}`)
      for (let i = 0; i < 8; i++) await workspace.messages.remove(ann, (await post('x')).id)
      await post('@Writer hi')
      const { seat } = await claimed(source('w1'))
      expect(await seat.history(5)).toHaveLength(5)
    })

    it('files it was shown, and no others', async () => {
      const bytes = new Uint8Array([7, 8])
      const input = { name: 'a.txt', bytes, mime: 'text/plain', extension: 'txt' }
      const shown = await workspace.uploads.save(ann, input)
      const hidden = await workspace.uploads.save(ann, input)
      await post('@Writer read this', { attachments: [shown.url] })
      const { seat } = await claimed(source('w1'))
      expect(await seat.readFile(shown.url)).toBeUndefined()
      const [message] = await seat.history(5)
      expect(message?.files).toEqual([{ ref: shown.url, name: 'a.txt', mime: 'text/plain', size: 2 }])
      expect(await seat.readFile(shown.url)).toEqual(bytes)
      expect(await seat.readFile(hidden.url)).toBeUndefined()
    })

    it('the model settings with keys, as they are now', async () => {
      const models = new SettingsModelSource(workspace.settings)
      expect(await models.current()).toMatchObject({ providers: [], defaultModel: '' })
      const provider = { id: 'lab', kind: 'anthropic', name: 'Lab', baseUrl: '', apiKey: 'sk-1', models: [] } as const
      await workspace.settings.update(workspace.owner, { providers: [provider], defaultModel: 'lab/x' })
      expect(await models.current()).toMatchObject({
        providers: [{ id: 'lab', apiKey: 'sk-1' }],
        defaultModel: 'lab/x',
      })
    })
  })
})

function aborted(turn: Turn): Promise<void> {
  return until(async () => turn.signal.aborted)
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 500; i++) {
    if (await condition()) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('it did not happen')
}
