import {
  deleteAgent,
  deleteChannel,
  type ProviderInput,
  removeMember,
  updateSettings,
} from '@parley/protocol/workspace'
import { bootParley, createGate, type RecordedRequest, say, silence, startModelServer, textOf } from '@parley/testkit'
import { describe, expect, test } from 'vitest'
import { useParley } from './use-parley.ts'

const parley = useParley()

describe('RT-8 sessions and limits', () => {
  test('RT-8#15 a model that never answers: the answer fails as a timeout and the next question is served', async () => {
    await using own = await bootParley({ overrides: { runtime: { limits: { inactivity: 600 } } } })
    const agent = await own.cast.agent('Sleeper')
    const dm = await own.owner.dm({ agentId: agent.id })
    const socket = await own.owner.listen(dm.id)
    own.model.reply(silence, say('awake'))
    const first = await own.owner.say(dm.id, 'hello?')
    const second = await own.owner.say(dm.id, 'still there?')
    const [failed] = await socket.answersTo(first.id)
    expect(failed?.metadata.answer).toMatchObject({ status: 'failed', failure: { class: 'timeout', retryable: true } })
    const [answer] = await socket.answersTo(second.id)
    expect(answer?.content).toBe('awake')
    await own.model.completions[0]?.abandoned
    await socket.close()
  })

  test('RT-8#10 sixty conversations at once: all are answered, with a bounded number of requests in flight', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Popular'))
    const people = []
    for (let i = 0; i < 20; i++) people.push((await parley().cast.person('Asker')).client)
    let running = 0
    let most = 0
    parley().model.rule(async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 40))
      running--
      return say('done')
    })
    const waits = people.map(async (client) => {
      const rooms = [await client.dm({ agentId: agent.id })]
      for (let i = 0; i < 2; i++) rooms.push(await client.group({ agentIds: [agent.id] }))
      const socket = await client.listen(...rooms.map((room) => room.id))
      const asked = await Promise.all(rooms.map((room) => client.say(room.id, `@${agent.name} go`)))
      for (const { id } of asked) expect((await socket.answersTo(id, 1, 25_000))[0]?.content).toBe('done')
      await socket.close()
    })
    await Promise.all(waits)
    expect(most).toBeLessThanOrEqual(16)
    expect(most).toBeGreaterThan(1)
  }, 60_000)

  test('RT-8#31 a history larger than the window: the request fits, the newest turns and the persona are in it', async () => {
    await using model = await startModelServer()
    const provider: ProviderInput = {
      id: 'small',
      kind: 'openai-compatible',
      name: 'Small',
      baseUrl: `${model.url}/v1`,
      models: [{ name: 'tiny', contextWindow: 4_096 }],
    }
    await parley().owner.call(updateSettings, { body: { providers: [provider] } })
    const agent = await parley().cast.agent(parley().cast.name('Forgetter'), {
      model: 'small/tiny',
      soul: 'PERSONA-KEPT',
    })
    const group = await parley().owner.group({ agentIds: [agent.id] })
    for (let i = 0; i < 90; i++)
      await parley().owner.say(group.id, `note ${i}: ${'lorem ipsum dolor sit amet '.repeat(12)}`)
    const socket = await parley().owner.listen(group.id)
    model.rule(() => say('short'))
    const { id } = await parley().owner.say(group.id, `@${agent.name} NEWEST-QUESTION`)
    const [answer] = await socket.answersTo(id, 1, 15_000)
    expect(answer?.content).toBe('short')
    const request = model.completions[0] as RecordedRequest
    const text = request.chat.messages.map(textOf).join('\n')
    expect(text.length).toBeLessThan(4_096 * 5)
    expect(text).toContain('NEWEST-QUESTION')
    expect(text).toContain('PERSONA-KEPT')
    expect(text).toContain('note 89')
    expect(text).not.toContain('note 0:')
    expect(request.chat.messages[0]?.role).toBe('system')
    await socket.close()
  })
})

describe('the ground moves while an answer is written', () => {
  const running = async (name: string) => {
    const agent = await parley().cast.agent(parley().cast.name(name))
    const group = await parley().owner.group({ agentIds: [agent.id] })
    const socket = await parley().owner.listen(group.id)
    const before = parley().model.completions.length
    const gate = createGate()
    parley().model.reply(say('begun and more', { chunkSize: 6, gate, gateAfter: 3 }))
    const asked = await parley().owner.say(group.id, `@${agent.name} go`)
    const { messageId } = (await socket.next('stream_start')).data
    await socket.until(() => (socket.journal.streamed(messageId) ?? '').length > 0, 'text')
    return { agent, group, socket, gate, asked, messageId, request: await parley().model.completion(before) }
  }

  /** The server still answers somebody else. */
  const alive = async (): Promise<void> => {
    const agent = await parley().cast.agent(parley().cast.name('Control'))
    const dm = await parley().owner.dm({ agentId: agent.id })
    const socket = await parley().owner.listen(dm.id)
    const [answer] = await socket.answersTo((await parley().owner.say(dm.id, 'alive?')).id)
    expect(answer?.metadata.answer?.status).toBe('done')
    await socket.close()
  }

  test('WS-12 deleting the channel stops the model and leaves nothing running', async () => {
    const { group, gate, socket, request } = await running('Cut off')
    await parley().owner.call(deleteChannel, { params: { id: group.id } })
    gate.open()
    await alive()
    expect(request.path).toContain('/chat/completions')
    expect((await parley().owner.request('GET', `/api/channels/${group.id}`)).status).toBe(404)
    await socket.close()
  })

  test('WS-12 deleting or removing the agent ends its answer visibly', async () => {
    for (const how of ['delete', 'remove'] as const) {
      const { agent, group, gate, socket, messageId } = await running('Dismissed')
      if (how === 'delete') await parley().owner.call(deleteAgent, { params: { id: agent.id } })
      else await parley().owner.call(removeMember, { params: { id: group.id, memberId: agent.id } })
      gate.open()
      const row = await socket.finished(messageId)
      expect(['done', 'stopped', 'failed']).toContain(row.metadata.answer?.status)
      await alive()
      await socket.close()
    }
  })

  test('WS-4#37 deleting the answer while it is written ends it and leaves a tombstone', async () => {
    const { group, gate, socket, messageId } = await running('Erased')
    const reply = await parley().owner.request('DELETE', `/api/messages/${messageId}`)
    gate.open()
    await alive()
    const row = (await parley().owner.history(group.id)).find((message) => message.id === messageId)
    if (reply.status === 200) expect(row).toMatchObject({ content: '', metadata: { deletedAt: expect.any(String) } })
    else expect([403, 409]).toContain(reply.status)
    expect(row?.metadata.answer?.status).not.toBe('streaming')
    await socket.close()
  })
})
