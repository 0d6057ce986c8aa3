import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OpenStore, storeKinds } from '../../test/stores.ts'
import { createWorkspace, type Workspace } from '../../test/workspace.ts'
import type { Caller } from '../identity/caller.ts'
import type { AnswerLease, AnswerOutcome } from './answer-turns.ts'

const LEASE_MS = 15_000

function outcome(text: string, fields: Partial<AnswerOutcome> = {}): AnswerOutcome {
  const usage = { inputTokens: 7, outputTokens: 3 }
  return { status: 'done', text, reasoning: '', tools: [], model: 'demo/echo', usage, durationMs: 12, ...fields }
}

describe.each(storeKinds)('answers on $name', ({ open }) => {
  let opened: OpenStore
  let workspace: Workspace
  let ann: Caller
  let channelId: string
  beforeEach(async () => {
    opened = await open()
    workspace = await createWorkspace({ store: opened.store })
    ann = await workspace.person('Ann')
    for (const [id, name] of [
      ['writer', 'Writer'],
      ['coder', 'Coder'],
      ['editor', 'Editor'],
    ] as const) {
      await workspace.agent(id, name)
    }
    const agentIds = ['writer', 'coder', 'editor']
    channelId = (await workspace.channels.create(ann, { type: 'group', name: 'Team', agentIds })).id
  })

  afterEach(() => opened.close())

  const key = () => `channel:${channelId}`
  const post = (content: string, fields: object = {}) => workspace.messages.post(ann, { channelId, content, ...fields })
  const claim = async (owner = 'worker') => {
    const [lease] = await workspace.turns.claim(owner, 1, LEASE_MS)
    return lease
  }
  const claimed = async (owner = 'worker'): Promise<AnswerLease> => {
    const lease = await claim(owner)
    if (!lease) throw new Error('nothing to claim')
    return lease
  }
  const begun = async (lease: AnswerLease) => {
    const head = await workspace.turns.begin(lease)
    if (!head) throw new Error('nothing to answer')
    return head
  }
  /** One whole answer of whoever is next in line. */
  const answer = async (text: string, fields: Partial<AnswerOutcome> = {}) => {
    const lease = await claimed()
    const head = await begun(lease)
    await workspace.turns.finish(lease, outcome(text, fields))
    return workspace.messages.get(ann, head.messageId)
  }
  const contents = async () =>
    (await workspace.messages.page(ann, { channelId })).messages.map((message) => message.content)

  it('runs from the question to the stored answer', async () => {
    const trigger = await post('@Writer a poem')
    const [waiting] = await workspace.answers.pending(ann, channelId)
    expect(waiting).toMatchObject({ agentId: 'writer', triggerId: trigger.id, status: 'queued', messageId: null })

    const lease = await claimed()
    expect(lease).toMatchObject({ asker: { id: ann.userId, role: 'member' }, attempts: 1 })
    const head = await begun(lease)
    expect(head).toMatchObject({ channelId, agentId: 'writer', triggerId: trigger.id, seq: 2 })
    const placeholder = await workspace.messages.get(ann, head.messageId)
    expect(placeholder).toMatchObject({ content: '', agentId: 'writer', metadata: { answer: { status: 'streaming' } } })
    const [running] = await workspace.answers.pending(ann, channelId)
    expect(running).toMatchObject({ status: 'running', messageId: head.messageId, position: 0 })

    const bells = [
      workspace.bellsOf(key()),
      workspace.bellsOf(`answers:${channelId}`),
      workspace.bellsOf('jobs:answer'),
    ]
    await workspace.turns.finish(lease, outcome('Roses.', { reasoning: 'Hm.' }))
    expect(bells.map((bell) => bell.count)).toEqual([1, 1, 1])
    const stored = await workspace.messages.get(ann, head.messageId)
    expect(stored).toMatchObject({
      id: head.messageId,
      seq: 2,
      content: 'Roses.',
      metadata: {
        answer: {
          status: 'done',
          model: 'demo/echo',
          reasoning: 'Hm.',
          usage: { inputTokens: 7, outputTokens: 3 },
          durationMs: 12,
          triggerId: trigger.id,
          hops: 0,
        },
      },
    })
    expect(stored.metadata.answer).not.toHaveProperty('jobId')
    expect(await workspace.answers.pending(ann, channelId)).toEqual([])
  })

  it('gives the turn to one worker at a time and in order of asking, channels side by side', async () => {
    await post('@Writer one')
    await post('@Coder two')
    const other = await workspace.channels.create(ann, { type: 'dm', agentIds: ['editor'] })
    await workspace.messages.post(ann, { channelId: other.id, content: 'three' })
    const first = await workspace.turns.claim('w1', 5, LEASE_MS)
    expect(first.map((lease) => lease.job.agentId)).toEqual(['writer', 'editor'])
    expect(await workspace.turns.claim('w2', 5, LEASE_MS)).toEqual([])
    for (const lease of first) {
      await begun(lease)
      await workspace.turns.finish(lease, outcome('done'))
    }
    expect((await claimed('w2')).job.agentId).toBe('coder')
  })

  describe('after a crash', () => {
    it('keeps a character whose halves were copied apart', async () => {
      await post('@Writer hi')
      const head = await begun(await claimed('w1'))
      const writer = workspace.live.open(head)
      for (const half of ['Hi \ud83d', '\ude00.']) {
        writer.text(half)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      workspace.clock.pass(LEASE_MS + 1)
      expect(await workspace.turns.begin(await claimed('w2'))).toBeUndefined()
      expect((await workspace.messages.get(ann, head.messageId)).content).toBe('Hi 😀.')
    })

    it('gives up visibly when no attempt comes to an end', async () => {
      await post('@Writer hi')
      for (const worker of ['w1', 'w2', 'w3']) {
        await begun(await claimed(worker))
        workspace.clock.pass(LEASE_MS + 1)
      }
      const last = await claimed('w4')
      expect(await workspace.turns.begin(last)).toBeUndefined()
      const failed = await workspace.messages.get(ann, last.job.messageId)
      expect(failed.metadata.answer).toMatchObject({
        status: 'failed',
        failure: { class: 'internal', retryable: true },
      })
      expect(await claim()).toBeUndefined()
    })

    it('runs again into the same row when nothing was written', async () => {
      await post('@Writer hi')
      const first = await claimed('w1')
      const head = await begun(first)
      workspace.clock.pass(LEASE_MS + 1)
      const second = await claimed('w2')
      expect(second.attempts).toBe(2)
      expect(await begun(second)).toMatchObject({ messageId: head.messageId, seq: head.seq })
      await workspace.turns.finish(second, outcome('late but here'))
      expect(await contents()).toEqual(['@Writer hi', 'late but here'])
    })

    it('closes the answer as a retryable failure that keeps what was written', async () => {
      await post('@Writer hi')
      const head = await begun(await claimed('w1'))
      const step = { callId: 'c1', toolName: 'search', arguments: {}, status: 'calling' }
      await workspace.ledger.commit([
        {
          op: 'stream.append',
          messageId: head.messageId,
          pieces: [
            { kind: 'text', data: 'Half ' },
            { kind: 'tool', data: JSON.stringify(step) },
            { kind: 'text', data: 'an answer' },
          ],
        },
      ])
      await workspace.turns.recover()
      const second = await claimed('w2')
      expect(await workspace.turns.begin(second)).toBeUndefined()
      const closed = await workspace.messages.get(ann, head.messageId)
      expect(closed).toMatchObject({
        content: 'Half an answer',
        metadata: {
          answer: {
            status: 'failed',
            failure: { class: 'interrupted', retryable: true },
            tools: [{ callId: 'c1', status: 'error' }],
          },
        },
      })
      expect(await workspace.store.streams.pieces(head.messageId)).toEqual([])
      expect(await workspace.answers.pending(ann, channelId)).toEqual([])
      expect(await claim('w3')).toBeUndefined()
    })

    it('fences the late end of a worker whose lease is gone', async () => {
      await post('@Writer hi')
      const first = await claimed('w1')
      const head = await begun(first)
      workspace.clock.pass(LEASE_MS + 1)
      const second = await claimed('w2')
      await begun(second)
      const late = workspace.turns.finish(first, outcome('@Coder from the dead'))
      await expect(late).rejects.toMatchObject({ code: 'lease_lost' })
      await workspace.turns.finish(second, outcome('alive'))
      expect((await workspace.messages.get(ann, head.messageId)).content).toBe('alive')
      expect(await workspace.answers.pending(ann, channelId)).toEqual([])
    })

    it('lets a worker that lost its lease begin nothing', async () => {
      await post('@Writer hi')
      const first = await claimed('w1')
      workspace.clock.pass(LEASE_MS + 1)
      await claimed('w2')
      expect(await workspace.turns.begin(first)).toBeUndefined()
      expect(await contents()).toEqual(['@Writer hi'])
      expect(await workspace.turns.renew(first, LEASE_MS)).toMatchObject({ held: false })
    })

    it('begins once when two attempts begin at the same time', async () => {
      await post('@Writer hi')
      const first = await claimed('w1')
      await Promise.all([workspace.turns.begin(first), workspace.turns.begin(first)])
      expect(await contents()).toEqual(['@Writer hi', ''])
    })

    it('stays held as long as the lease is renewed', async () => {
      await post('@Writer hi')
      const lease = await claimed('w1')
      for (let i = 0; i < 5; i++) {
        workspace.clock.pass(LEASE_MS - 1)
        expect(await workspace.turns.renew(lease, LEASE_MS)).toEqual({ held: true, stopRequested: false })
        expect(await claim('w2')).toBeUndefined()
      }
    })
  })

  describe('without ground', () => {
    it.each([
      ['the question was deleted', async (id: string) => workspace.messages.remove(ann, id)],
      ['the agent is gone', async () => workspace.agents.delete(workspace.owner, 'writer')],
      ['the agent sleeps', async () => workspace.agents.update(workspace.owner, 'writer', { disabled: true })],
      ['the agent left', async () => workspace.channels.removeMember(ann, channelId, 'writer')],
      ['the asker is gone', async () => workspace.people.delete(workspace.owner, ann.userId)],
    ])('nothing is written: %s', async (_case, happens) => {
      const bob = await workspace.person('Bob')
      await workspace.channels.addMembers(ann, channelId, { userIds: [bob.userId] })
      const { id } = await post('@Writer hi')
      await happens(id)
      const lease = await claim()
      if (lease) expect(await workspace.turns.begin(lease)).toBeUndefined()
      expect(await workspace.answers.pending(bob, channelId)).toEqual([])
      expect((await workspace.messages.page(bob, { channelId })).messages).toHaveLength(1)
    })

    it('an answer deleted while it is written stays deleted, and its job is stopped', async () => {
      await post('@Writer hi')
      const lease = await claimed()
      const head = await begun(lease)
      const bell = workspace.bellsOf(`stop:${lease.job.jobId}`)
      await workspace.messages.remove(ann, head.messageId)
      expect(bell.count).toBe(1)
      await workspace.turns.finish(lease, outcome('@Coder too late'))
      expect(await workspace.messages.get(ann, head.messageId)).toMatchObject({
        content: '',
        metadata: { deletedAt: /./ },
      })
      expect(await workspace.answers.pending(ann, channelId)).toEqual([])
    })

    it('an answer in a channel deleted meanwhile just ends', async () => {
      await post('@Writer hi')
      const lease = await claimed()
      await begun(lease)
      await workspace.channels.delete(ann, channelId)
      await workspace.turns.finish(lease, outcome('too late'))
      expect(await claim()).toBeUndefined()
    })
  })

  describe('stop', () => {
    it('tells the worker of a running answer', async () => {
      await post('@Writer hi')
      const lease = await claimed()
      const head = await begun(lease)
      const bell = workspace.bellsOf(`stop:${lease.job.jobId}`)
      await workspace.answers.stop(ann, head.messageId)
      expect(bell.count).toBe(1)
      expect(await workspace.turns.renew(lease, LEASE_MS)).toEqual({ held: true, stopRequested: true })
      await workspace.turns.finish(lease, outcome('so far', { status: 'stopped' }))
      const stored = await workspace.messages.get(ann, head.messageId)
      expect(stored).toMatchObject({ content: 'so far', metadata: { answer: { status: 'stopped' } } })
      await expect(workspace.answers.stop(ann, head.messageId)).rejects.toMatchObject({ code: 'answer_not_running' })
    })

    it('reaches an answer between its claim and its begin', async () => {
      await post('@Writer hi')
      const lease = await claimed()
      expect(await workspace.answers.stopChannel(ann, channelId)).toBe(1)
      expect(await workspace.turns.begin(lease)).toBeUndefined()
      expect(await contents()).toEqual(['@Writer hi'])
      expect(await workspace.answers.pending(ann, channelId)).toEqual([])
    })

    it('drops the waiting answers of a channel', async () => {
      await post('@all hi')
      const lease = await claimed()
      await begun(lease)
      expect(await workspace.answers.stopChannel(ann, channelId)).toBe(3)
      await workspace.turns.finish(lease, outcome('', { status: 'stopped' }))
      expect(await claim()).toBeUndefined()
      expect(await workspace.answers.stopChannel(ann, channelId)).toBe(0)
    })

    it('refuses messages that are no answers, foreign ones and guests', async () => {
      const { id } = await post('@Writer hi')
      const eve = await workspace.person('Eve')
      const gus = await workspace.person('Gus', 'guest')
      await workspace.channels.addMembers(ann, channelId, { userIds: [gus.userId] })
      const { answers } = workspace
      await expect(answers.stop(ann, id)).rejects.toMatchObject({ code: 'not_an_answer' })
      await expect(answers.stop(ann, 'msg_x')).rejects.toMatchObject({ code: 'message_not_found' })
      await expect(answers.stop(eve, id)).rejects.toMatchObject({ code: 'message_not_found' })
      await expect(answers.stopChannel(eve, channelId)).rejects.toMatchObject({ code: 'not_a_member' })
      await expect(answers.stopChannel(gus, channelId)).rejects.toMatchObject({ code: 'forbidden' })
      await expect(answers.pending(eve, channelId)).rejects.toMatchObject({ code: 'not_a_member' })
      expect(await answers.pending(gus, channelId)).toHaveLength(1)
    })
  })

  describe('retry', () => {
    it('writes the answer anew under the same id, with another model', async () => {
      await post('@Writer hi')
      const failed = await answer('', {
        status: 'failed',
        failure: { class: 'server', message: 'Down.', retryable: true },
      })
      await post('something else meanwhile')
      const { jobId } = await workspace.answers.retry(ann, failed.id, 'other/model')
      await expect(workspace.answers.retry(ann, failed.id)).rejects.toMatchObject({ code: 'answer_running' })
      const lease = await claimed()
      expect(lease.job).toMatchObject({ jobId, model: 'other/model', messageId: failed.id, again: true })
      const head = await begun(lease)
      expect(head).toMatchObject({ messageId: failed.id, seq: failed.seq })
      const running = await workspace.messages.get(ann, failed.id)
      expect(running).toMatchObject({
        content: '',
        metadata: { answer: { status: 'streaming', model: 'other/model' } },
      })
      await workspace.turns.finish(lease, outcome('now it works'))
      expect(await contents()).toEqual(['@Writer hi', 'now it works', 'something else meanwhile'])
      const stored = await workspace.messages.get(ann, failed.id)
      expect(stored.metadata.answer).not.toHaveProperty('failure')
    })

    it('acts on behalf of whoever asks again', async () => {
      const gus = await workspace.person('Gus', 'admin')
      await workspace.channels.addMembers(ann, channelId, { userIds: [gus.userId] })
      await post('@Writer hi')
      const { id } = await answer('one')
      await workspace.answers.retry(gus, id)
      expect((await claimed()).asker).toEqual({ id: gus.userId, role: 'admin' })
    })

    it('keeps the old answer when it is dropped from the line', async () => {
      await post('@Writer hi')
      const { id } = await answer('one')
      await workspace.answers.retry(ann, id)
      await workspace.answers.stop(ann, id)
      expect((await workspace.messages.get(ann, id)).content).toBe('one')
      expect(await claim()).toBeUndefined()
    })

    it('survives a crash before anything new was written', async () => {
      await post('@Writer hi')
      const { id } = await answer('one')
      await workspace.answers.retry(ann, id)
      await begun(await claimed('w1'))
      workspace.clock.pass(LEASE_MS + 1)
      const second = await claimed('w2')
      await begun(second)
      await workspace.turns.finish(second, outcome('two'))
      expect(await contents()).toEqual(['@Writer hi', 'two'])
    })

    it('asks once when somebody clicks twice', async () => {
      await post('@Writer hi')
      const { id } = await answer('one')
      const asked = await Promise.allSettled([1, 2, 3].map(() => workspace.answers.retry(ann, id)))
      expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
      expect(asked[1]).toMatchObject({ reason: { code: 'answer_running' } })
      expect(await workspace.answers.pending(ann, channelId)).toHaveLength(1)
    })

    it('refuses what cannot be answered again', async () => {
      const { id } = await post('@Writer hi')
      const { answers } = workspace
      await expect(answers.retry(ann, id)).rejects.toMatchObject({ code: 'not_an_answer' })
      const { id: answerId } = await answer('one')
      const guest = await workspace.person('Gus', 'guest')
      await workspace.channels.addMembers(ann, channelId, { userIds: [guest.userId] })
      await expect(answers.retry(guest, answerId)).rejects.toMatchObject({ code: 'forbidden' })
      await workspace.agents.update(workspace.owner, 'writer', { disabled: true })
      await expect(answers.retry(ann, answerId)).rejects.toMatchObject({ code: 'agent_disabled' })
      await workspace.agents.delete(workspace.owner, 'writer')
      await expect(answers.retry(ann, answerId)).rejects.toMatchObject({ code: 'agent_not_found' })
      await workspace.messages.remove(ann, answerId)
      await expect(answers.retry(ann, answerId)).rejects.toMatchObject({ code: 'message_not_found' })
    })
  })

  it('stops an answer that is claimed at the very moment of stopping', async () => {
    await post('@Writer hi')
    const claiming = workspace.turns.claim('worker', 1, LEASE_MS)
    expect(await workspace.answers.stopChannel(ann, channelId)).toBe(1)
    for (const lease of await claiming) expect(await workspace.turns.begin(lease)).toBeUndefined()
    expect(await workspace.answers.pending(ann, channelId)).toEqual([])
  })

  describe('rerun after an edit', () => {
    it('answers in place where it was answered, and anew where it was not', async () => {
      const { id } = await post('@Writer hi')
      const first = await answer('one')
      await workspace.messages.edit(ann, id, '@Writer @Coder hello')
      expect(await workspace.answers.rerun(ann, id)).toBe(2)
      await answer('two')
      await answer('three')
      expect(await contents()).toEqual(['@Writer @Coder hello', 'two', 'three'])
      expect((await workspace.messages.get(ann, first.id)).content).toBe('two')
    })

    it('leaves a waiting answer in line: it will read the new text', async () => {
      const { id } = await post('@Writer hi')
      await workspace.messages.edit(ann, id, '@Writer hello')
      await workspace.answers.rerun(ann, id)
      expect(await workspace.answers.pending(ann, channelId)).toHaveLength(1)
    })

    it('stops a running answer and writes it again', async () => {
      const { id } = await post('@Writer hi')
      const lease = await claimed()
      const head = await begun(lease)
      await workspace.messages.edit(ann, id, '@Writer hello')
      await workspace.answers.rerun(ann, id)
      expect((await workspace.turns.renew(lease, LEASE_MS)).stopRequested).toBe(true)
      await workspace.turns.finish(lease, outcome('old', { status: 'stopped' }))
      expect(await answer('new')).toMatchObject({ id: head.messageId, content: 'new' })
      expect(await contents()).toEqual(['@Writer hello', 'new'])
    })

    it('loses no answer that was claimed but had not begun', async () => {
      const { id } = await post('@Writer hi')
      const lease = await claimed()
      await workspace.messages.edit(ann, id, '@Writer hello')
      await workspace.answers.rerun(ann, id)
      expect(await workspace.turns.begin(lease)).toBeUndefined()
      expect(await answer('new')).toMatchObject({ content: 'new', metadata: { answer: { triggerId: id } } })
    })

    it('asks once, however often it is asked for while an answer runs', async () => {
      const { id } = await post('@Writer hi')
      await begun(await claimed())
      await Promise.all([workspace.answers.rerun(ann, id), workspace.answers.rerun(ann, id)])
      await workspace.answers.rerun(ann, id)
      const line = await workspace.answers.pending(ann, channelId)
      expect(line.map(({ status }) => status)).toEqual(['running', 'queued'])
    })

    it('is for one’s own messages', async () => {
      const bob = await workspace.person('Bob')
      await workspace.channels.addMembers(ann, channelId, { userIds: [bob.userId] })
      const { id } = await post('@Writer hi')
      await expect(workspace.answers.rerun(bob, id)).rejects.toMatchObject({ code: 'not_your_message' })
    })
  })

  describe('agents that call agents', () => {
    it('asks the colleague an answer mentions, on behalf of the same person', async () => {
      const bob = await workspace.person('Bob')
      await workspace.channels.addMembers(ann, channelId, { userIds: [bob.userId] })
      await post('@Writer hi')
      const first = await answer('@Coder please, and @Writer that is me. cc @Bob')
      expect(first.metadata.mentions).toEqual(['coder', bob.userId])
      expect((await workspace.channels.get(bob, channelId)).unreadMentions).toBe(1)
      const next = await claimed()
      expect(next).toMatchObject({
        asker: { id: ann.userId },
        job: { agentId: 'coder', triggerId: first.id, calledBy: 'writer', hops: 1 },
      })
      await begun(next)
      await workspace.turns.finish(next, outcome('done'))
      expect(await claim()).toBeUndefined()
    })

    it('does not follow up answers that failed or were stopped', async () => {
      await post('@Writer hi')
      await answer('@Coder go on', { status: 'stopped' })
      expect(await claim()).toBeUndefined()
    })

    it('ends a ping-pong with a visible notice, once', async () => {
      await post('@Writer start')
      let turns = 0
      for (;;) {
        const lease = await claim()
        if (!lease) break
        await begun(lease)
        turns++
        await workspace.turns.finish(lease, outcome(lease.job.agentId === 'writer' ? '@Coder ping' : '@Writer pong'))
      }
      expect(turns).toBe(7)
      const { messages } = await workspace.messages.page(ann, { channelId })
      const notices = messages.filter((message) => message.metadata.notice)
      expect(notices).toHaveLength(1)
      expect(notices[0]).toMatchObject({
        agentId: null,
        userId: null,
        metadata: { notice: { code: 'loop_guard', values: { reason: 'hops', limit: 6 } } },
      })
    })

    it('ends a fan-out of everybody calling everybody within the budget', async () => {
      await post('@all start')
      let turns = 0
      for (let lease = await claim(); lease; lease = await claim()) {
        await begun(lease)
        turns++
        await workspace.turns.finish(lease, outcome('@all what do you say?'))
      }
      expect(turns).toBeLessThanOrEqual(3 + 24)
      expect(turns).toBeGreaterThan(3)
      const { messages } = await workspace.messages.page(ann, { channelId, limit: 100 })
      expect(messages.filter((message) => message.metadata.notice)).toHaveLength(1)
    })

    it('starts counting again when a person speaks', async () => {
      await post('@Writer start')
      for (let i = 0; i < 7; i++) await answer(i % 2 === 0 ? '@Coder ping' : '@Writer pong')
      expect(await claim()).toBeUndefined()
      await post('@Writer go on')
      await answer('@Coder ping')
      expect((await claimed()).job).toMatchObject({ agentId: 'coder', hops: 1 })
    })
  })

  it('reads the text of an answer from an offset, running or finished', async () => {
    const { id } = await post('@Writer hi')
    const lease = await claimed()
    const head = await begun(lease)
    const writer = workspace.live.open(head)
    writer.text('Roses are ')
    const { answerText } = workspace
    expect(await answerText.read(ann, head.messageId, 6)).toEqual({
      content: 'are ',
      offset: 10,
      done: false,
      tools: [],
    })
    writer.text('red')
    await writer.seal()
    await workspace.turns.finish(lease, outcome('Roses are red'))
    writer.end()
    expect(await answerText.read(ann, head.messageId, 10)).toEqual({
      content: 'red',
      offset: 13,
      done: true,
      tools: [],
    })
    expect(await answerText.read(ann, head.messageId, 99)).toMatchObject({ content: '', offset: 13 })
    await expect(answerText.read(ann, id, 0)).rejects.toMatchObject({ code: 'not_an_answer' })
    const eve = await workspace.person('Eve')
    await expect(answerText.read(eve, head.messageId, 0)).rejects.toMatchObject({ code: 'message_not_found' })
  })
})
