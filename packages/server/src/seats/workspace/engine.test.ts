import { silentLogger, systemClock } from '@parley/base'
import type { Caller } from '@parley/core'
import { createWorkspace, type Workspace } from '@parley/core/testing'
import { createModels, createToolRegistry, TurnEngine } from '@parley/runtime'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SettingsModelSource, WorkspaceTurnSource } from './index.ts'

describe('the turn engine on workspace seats', () => {
  let workspace: Workspace
  let ann: Caller
  let engine: TurnEngine
  let resources: AsyncDisposableStack

  beforeEach(async () => {
    resources = new AsyncDisposableStack()
    workspace = await createWorkspace()
    ann = await workspace.person('Ann')
    await workspace.agent('writer', 'Writer')
    const { store, roster, souls, uploads, turns, live, bus } = workspace
    const readers = { log: store.log, roster, agents: store.agents, souls, uploads }
    const ports = { readers, writers: { turns, live, logger: silentLogger }, bus }
    const source = resources.use(new WorkspaceTurnSource(ports, { owner: 'worker 1' }))
    const common = { clock: systemClock, logger: silentLogger }
    const settings = new SettingsModelSource(workspace.settings)
    const models = resources.use(createModels({ ...common, settings, demoPace: 1 }))
    engine = new TurnEngine({ ...common, source, models, tools: createToolRegistry([]) })
    engine.start()
  })
  afterEach(async () => {
    await engine[Symbol.asyncDispose]()
    await resources.disposeAsync()
  })

  it('answers every message of a direct chat, one after another', async () => {
    const channel = await workspace.channels.create(ann, { type: 'dm', agentIds: ['writer'] })
    const ids: string[] = []
    for (const content of ['hello', 'and again', 'last one']) {
      ids.push((await workspace.messages.post(ann, { channelId: channel.id, content })).id)
    }
    await until(async () => (await workspace.answers.pending(ann, channel.id)).length === 0)
    const { messages } = await workspace.messages.page(ann, { channelId: channel.id })
    const answers = messages.filter((message) => message.agentId === 'writer')
    expect(answers.map((answer) => answer.metadata.answer?.triggerId)).toEqual(ids)
    for (const answer of answers) {
      expect(answer.metadata.answer?.status).toBe('done')
      expect(answer.content).not.toBe('')
    }
    expect(workspace.live.running(channel.id)).toEqual([])
  })

  it('stops when it is told to', async () => {
    const channel = await workspace.channels.create(ann, { type: 'dm', agentIds: ['writer'] })
    await workspace.messages.post(ann, { channelId: channel.id, content: 'hello' })
    await until(async () => workspace.live.running(channel.id).length === 1)
    await workspace.answers.stopChannel(ann, channel.id)
    await until(async () => (await workspace.answers.pending(ann, channel.id)).length === 0)
    const { messages } = await workspace.messages.page(ann, { channelId: channel.id })
    expect(messages.at(-1)?.metadata.answer?.status).toBe('stopped')
  })
})

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 2_000; i++) {
    if (await condition()) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('it did not happen')
}
