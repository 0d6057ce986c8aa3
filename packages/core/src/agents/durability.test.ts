import type { Store } from '@parley/core/ports'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDataFolder } from '../../test/stores.ts'
import { createWorkspace, OWNER_KEY, type Workspace } from '../../test/workspace.ts'

const client = { ip: '192.0.2.7', userAgent: 'test' }

describe('a workspace that is started again', () => {
  let folder: Awaited<ReturnType<typeof createDataFolder>>
  let store: Store
  let workspace: Workspace

  beforeEach(async () => {
    folder = await createDataFolder()
    await start()
  })
  afterEach(async () => {
    await store[Symbol.asyncDispose]()
    await folder.remove()
  })

  async function start(): Promise<void> {
    store = await folder.open()
    workspace = await createWorkspace({ store })
  }
  async function restart(): Promise<void> {
    await workspace.live[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
    await start()
    await workspace.turns.recover()
  }

  it('has lost nothing that was acknowledged', async () => {
    const { token, caller: owner } = await workspace.sessions.login(OWNER_KEY, client)
    const { accessKey } = await workspace.people.create(owner, { name: 'Ann', role: 'member' })
    const { caller: ann } = await workspace.sessions.login(accessKey, client)
    await workspace.agent('writer', 'Writer')
    const fields = { type: 'group', name: 'Team', agentIds: ['writer'], userIds: [ann.userId] } as const
    const channel = await workspace.channels.create(owner, fields)
    const posted = await workspace.messages.post(owner, { channelId: channel.id, content: '@Ann one', clientId: 'c1' })
    await workspace.messages.post(owner, { channelId: channel.id, content: '@Writer two' })
    await workspace.messages.edit(owner, posted.id, '@Ann one!')
    await workspace.channels.markRead(ann, channel.id, 1)
    await workspace.channels.setPreferences(ann, channel.id, { draft: 'half' })

    await restart()
    expect(await workspace.sessions.authenticate(token)).toEqual(owner)
    expect((await workspace.people.ensureOwner()).id).toBe(owner.userId)
    const view = await workspace.channels.get(ann, channel.id)
    expect(view).toMatchObject({ unread: 1, readSeq: 1, lastSeq: 3, draft: 'half', agentIds: ['writer'] })
    const page = await workspace.messages.page(ann, { channelId: channel.id })
    expect(page.messages.map((message) => message.content)).toEqual(['@Ann one!', '@Writer two'])
    const again = await workspace.messages.post(owner, { channelId: channel.id, content: '@Ann one', clientId: 'c1' })
    expect(again).toEqual({ ...posted, duplicate: true })
    const [waiting] = await workspace.answers.pending(ann, channel.id)
    expect(waiting).toMatchObject({ agentId: 'writer', status: 'queued' })
  })

  it('ends the answer that was being written, visibly, and answers the next', async () => {
    const { owner } = workspace
    await workspace.agent('writer', 'Writer')
    const channel = await workspace.channels.create(owner, { type: 'dm', agentIds: ['writer'] })
    await workspace.messages.post(owner, { channelId: channel.id, content: 'one' })
    await workspace.messages.post(owner, { channelId: channel.id, content: 'two' })
    const [lease] = await workspace.turns.claim('first life', 1, 15_000)
    const head = lease && (await workspace.turns.begin(lease))
    if (!head) throw new Error('nothing to answer')
    workspace.live.open(head).text('Half an answ')

    await restart()
    const [second] = await workspace.turns.claim('second life', 1, 15_000)
    if (!second) throw new Error('nothing to claim')
    expect(await workspace.turns.begin(second)).toBeUndefined()
    expect(await workspace.messages.get(owner, head.messageId)).toMatchObject({
      content: 'Half an answ',
      metadata: { answer: { status: 'failed', failure: { class: 'interrupted', retryable: true } } },
    })
    const { jobId } = await workspace.answers.retry(owner, head.messageId)
    const order: string[] = []
    for (
      let [next] = await workspace.turns.claim('w', 1, 15_000);
      next;
      [next] = await workspace.turns.claim('w', 1, 15_000)
    ) {
      await workspace.turns.begin(next)
      const usage = { inputTokens: 0, outputTokens: 0 }
      const outcome = {
        status: 'done',
        text: 'whole',
        reasoning: '',
        tools: [],
        model: 'm',
        usage,
        durationMs: 1,
      } as const
      await workspace.turns.finish(next, outcome)
      order.push(next.job.jobId)
    }
    expect(order).toHaveLength(2)
    expect(order[1]).toBe(jobId)
    const { messages } = await workspace.messages.page(owner, { channelId: channel.id })
    expect(messages.map((message) => message.content)).toEqual(['one', 'two', 'whole', 'whole'])
  })
})
