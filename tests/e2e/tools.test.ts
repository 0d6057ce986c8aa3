import type { AgentDetail, Message, ServerFrame } from '@parley/protocol/workspace'
import { getSettings, updateAgent } from '@parley/protocol/workspace'
import { callTools, createGate, type RecordedRequest, say, textOf } from '@parley/testkit'
import { describe, expect, test } from 'vitest'
import { useParley } from './use-parley.ts'

const parley = useParley()

const persona = (request: RecordedRequest): string =>
  /PERSONA\[([^\]]+)\]/.exec(textOf(request.chat.messages[0]))?.[1] ?? ''
const offered = (request: RecordedRequest | undefined): string[] =>
  (request?.chat.tools ?? []).map((tool) => tool.function.name)
const toolFrames = (frames: readonly ServerFrame[], messageId: string): ServerFrame[] =>
  frames.filter(
    (frame) => (frame.type === 'tool_call' || frame.type === 'tool_result') && frame.data.messageId === messageId,
  )

async function asked(agent: AgentDetail, text: string): Promise<{ answer: Message; frames: readonly ServerFrame[] }> {
  const dm = await parley().owner.dm({ agentId: agent.id })
  const socket = await parley().owner.listen(dm.id)
  const { id } = await parley().owner.say(dm.id, text)
  const [answer] = (await socket.answersTo(id, 1, 15_000)) as [Message]
  await socket.close()
  return { answer, frames: socket.frames }
}

describe('WS-1.4 the tool timeline', () => {
  test('WS-1.4 a call shows calling, its result and completed; the answer keeps the steps', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Clock'), { tools: ['current_time'] })
    parley().model.reply(callTools([{ name: 'current_time', arguments: {} }]), say('It is late.'))
    const { answer, frames } = await asked(agent, 'what time is it?')
    const own = toolFrames(frames, answer.id)
    const calls = own.flatMap((frame) => (frame.type === 'tool_call' ? [frame.data.status] : []))
    expect(calls, JSON.stringify(frames)).toEqual(['calling', 'completed'])
    expect(own.filter((frame) => frame.type === 'tool_result')).toHaveLength(1)
    expect(own[0]).toMatchObject({
      data: { messageId: answer.id, toolName: 'current_time', arguments: {}, status: 'calling' },
    })
    const result = own.find((frame) => frame.type === 'tool_result')
    expect(result).toMatchObject({
      data: { messageId: answer.id, toolName: 'current_time', result: expect.stringMatching(/\d{4}/) },
    })
    const callIds = new Set(own.map((frame) => (frame as { data: { callId?: string } }).data.callId))
    expect(callIds.size).toBe(1)
    expect(answer.content).toBe('It is late.')
    expect(answer.metadata.answer?.tools).toMatchObject([
      { toolName: 'current_time', status: 'completed', result: expect.any(String) },
    ])
    const last = parley().model.completions.at(-1)
    expect(last?.chat.messages.at(-1)).toMatchObject({ role: 'tool' })
  })

  test('RT-8#52 parallel calls are told apart by callId and come back in call order', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Doubler'), { tools: ['current_time'] })
    parley().model.reply(
      callTools([
        { id: 'a', name: 'current_time', arguments: { timezone: 'UTC' } },
        { id: 'b', name: 'current_time', arguments: { timezone: 'Asia/Shanghai' } },
      ]),
      say('both'),
    )
    const { answer } = await asked(agent, 'two clocks')
    expect(answer.metadata.answer?.tools).toHaveLength(2)
    expect(new Set(answer.metadata.answer?.tools?.map((step) => step.callId)).size).toBe(2)
    const results = (parley().model.completions.at(-1)?.chat.messages ?? []).filter(
      (message) => message.role === 'tool',
    )
    expect(results.map((message) => message.tool_call_id)).toEqual(['a', 'b'])
  })

  test('RT-8#54 broken arguments are an error step; the model may correct itself', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Clumsy'), { tools: ['current_time'] })
    parley().model.reply(
      callTools([{ name: 'current_time', arguments: '{"broken' }]),
      callTools([{ name: 'current_time', arguments: {} }]),
      say('now it worked'),
    )
    const { answer, frames } = await asked(agent, 'time?')
    expect(answer.content).toBe('now it worked')
    expect(answer.metadata.answer?.tools?.map((step) => step.status)).toEqual(['error', 'completed'])
    expect(
      toolFrames(frames, answer.id).some((frame) => frame.type === 'tool_call' && frame.data.status === 'error'),
    ).toBe(true)
  })

  test('RT-8#53 a model that only ever calls tools is stopped and still answers with text', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Looper'), {
      tools: ['current_time'],
      soul: 'PERSONA[looper]',
    })
    let calls = 0
    parley().model.rule((request) => {
      if (persona(request) !== 'looper') return undefined
      calls++
      return offered(request).length > 0 && request.chat.tool_choice !== 'none'
        ? callTools([{ name: 'current_time', arguments: { n: calls } }])
        : say('I give up')
    })
    const { answer } = await asked(agent, 'loop')
    expect(calls).toBeLessThanOrEqual(40)
    expect(answer.content).toBe('I give up')
    expect(answer.metadata.answer?.status).toBe('done')
  })
})

describe('WS-11.1#5 grants', () => {
  test('WS-11.1#5 only granted tools are offered', async () => {
    const none = await parley().cast.agent(parley().cast.name('None'), { tools: [] })
    await asked(none, 'hello')
    expect(offered(parley().model.completions.at(-1))).toEqual([])
    const one = await parley().cast.agent(parley().cast.name('OneTool'), { tools: ['current_time'] })
    await asked(one, 'hello')
    expect(offered(parley().model.completions.at(-1))).toEqual(['current_time'])
  })

  test('WS-11.1#5 a tool that was not granted never runs, even when the model calls it', async () => {
    const callee = await parley().cast.agent(parley().cast.name('Callee'), { soul: 'PERSONA[callee]' })
    const agent = await parley().cast.agent(parley().cast.name('Sneaky'), {
      tools: ['current_time'],
      soul: 'PERSONA[sneaky]',
    })
    const group = await parley().owner.group({ agentIds: [agent.id, callee.id] })
    const socket = await parley().owner.listen(group.id)
    parley().model.reply(
      callTools([
        { name: 'call_agent', arguments: { agent: callee.name, agentId: callee.id, message: 'x', task: 'x' } },
      ]),
      say('could not'),
    )
    const { id } = await parley().owner.say(group.id, `@${agent.name} go`)
    const [answer] = await socket.answersTo(id)
    expect(answer?.metadata.answer?.tools).toMatchObject([{ toolName: 'call_agent', status: 'error' }])
    expect(parley().model.completions.some((request) => persona(request) === 'callee')).toBe(false)
    await socket.close()
  })

  test('WS-11.1#5 a grant taken away while the model thinks is checked again at execution', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Revoked'), { tools: ['current_time'] })
    const dm = await parley().owner.dm({ agentId: agent.id })
    const socket = await parley().owner.listen(dm.id)
    const gate = createGate()
    const before = parley().model.completions.length
    parley().model.reply(callTools([{ name: 'current_time', arguments: {} }], { gate, gateAfter: 0 }), say('refused'))
    const { id } = await parley().owner.say(dm.id, 'time?')
    await parley().model.completion(before)
    await parley().owner.call(updateAgent, { params: { id: agent.id }, body: { tools: [] } })
    gate.open()
    const [answer] = await socket.answersTo(id)
    expect(answer?.metadata.answer?.tools).toMatchObject([{ toolName: 'current_time', status: 'error' }])
    await socket.close()
  })

  test('WS-1.2#13 settings name the tools that can be granted', async () => {
    const { tools } = await parley().owner.call(getSettings, {})
    expect(tools.map((tool) => tool.name)).toEqual(expect.arrayContaining(['current_time', 'call_agent', 'fetch_page']))
    for (const tool of tools) expect(tool.description).toMatch(/\S/)
  })

  test('WS-11.1#5 a granted name that is no tool is offered to no model', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Odd'), { tools: ['rm_rf'] })
    await asked(agent, 'hello')
    expect(offered(parley().model.completions.at(-1))).toEqual([])
  })
})

describe('WS-4#10 call_agent', () => {
  const callArguments = (agent: AgentDetail, task: string): Record<string, unknown> => ({ agent: agent.name, task })

  test('WS-4#10 asks a colleague and gets its text back as the tool result', async () => {
    const expert = await parley().cast.agent(parley().cast.name('Expert'), { soul: 'PERSONA[expert]' })
    const boss = await parley().cast.agent(parley().cast.name('Boss'), { tools: ['call_agent'], soul: 'PERSONA[boss]' })
    const group = await parley().owner.group({ agentIds: [boss.id, expert.id] })
    const socket = await parley().owner.listen(group.id)
    let round = 0
    parley().model.rule((request) => {
      if (persona(request) === 'expert') return say('EXPERT-SAYS-7')
      if (persona(request) !== 'boss') return undefined
      return round++ === 0
        ? callTools([{ name: 'call_agent', arguments: callArguments(expert, 'the number?') }])
        : say('It is seven')
    })
    const { id } = await parley().owner.say(group.id, `@${boss.name} find out`)
    const [answer] = await socket.answersTo(id, 1, 15_000)
    expect(answer?.content).toBe('It is seven')
    expect(answer?.metadata.answer?.tools).toMatchObject([
      { toolName: 'call_agent', status: 'completed', result: expect.stringContaining('EXPERT-SAYS-7') },
    ])
    const last = parley().model.completions.findLast((request) => persona(request) === 'boss')
    expect(textOf(last?.chat.messages.at(-1))).toContain('EXPERT-SAYS-7')
    expect(
      parley()
        .model.completions.find((request) => persona(request) === 'expert')
        ?.chat.messages.map(textOf)
        .join('\n'),
    ).toContain('the number?')
    await socket.close()
  })

  test('WS-4#10 nobody calls themselves, and calls do not go round in circles', async () => {
    const a = await parley().cast.agent(parley().cast.name('Aa'), { tools: ['call_agent'], soul: 'PERSONA[aa]' })
    const b = await parley().cast.agent(parley().cast.name('Bb'), { tools: ['call_agent'], soul: 'PERSONA[bb]' })
    const group = await parley().owner.group({ agentIds: [a.id, b.id] })
    const socket = await parley().owner.listen(group.id)
    let calls = 0
    parley().model.rule((request) => {
      if (!['aa', 'bb'].includes(persona(request))) return undefined
      calls++
      const answered = request.chat.messages.some((message) => message.role === 'tool')
      if (answered || offered(request).length === 0) return say(`${persona(request)} done`)
      return callTools([{ name: 'call_agent', arguments: callArguments(persona(request) === 'aa' ? b : a, 'again') }])
    })
    const { id } = await parley().owner.say(group.id, `@${a.name} go`)
    const [answer] = await socket.answersTo(id, 1, 15_000)
    expect(answer?.content).toBe('aa done')
    expect(calls).toBeLessThan(12)
    calls = 0
    parley().model.clear()
    parley().model.reply(callTools([{ name: 'call_agent', arguments: callArguments(a, 'me') }]), say('alone'))
    const again = await parley().owner.say(group.id, `@${a.name} call yourself`)
    const [second] = await socket.answersTo(again.id)
    expect(second?.metadata.answer?.tools).toMatchObject([{ status: 'error' }])
    await socket.close()
  })
})

describe('WS-11.1#6 fetch_page', () => {
  test.each([
    'http://127.0.0.1:1/',
    'http://localhost/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    'file:///etc/passwd',
    'ftp://example.org/',
  ])('WS-11.1#6 %s is refused and nothing is fetched', async (url) => {
    const { tools } = await parley().owner.call(getSettings, {})
    expect(tools.map((tool) => tool.name)).toContain('fetch_page')
    const agent = await parley().cast.agent(parley().cast.name('Fetcher'), { tools: ['fetch_page'] })
    parley().model.reply(callTools([{ name: 'fetch_page', arguments: { url } }]), say('no'))
    const { answer } = await asked(agent, 'fetch it')
    expect(answer.metadata.answer?.tools).toMatchObject([{ toolName: 'fetch_page', status: 'error' }])
  })

  test('WS-11.1#6 this very server is out of reach of an agent', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Insider'), { tools: ['fetch_page'] })
    parley().model.reply(
      callTools([{ name: 'fetch_page', arguments: { url: `${parley().baseUrl}/health` } }]),
      say('no'),
    )
    const { answer } = await asked(agent, 'fetch it')
    expect(answer.metadata.answer?.tools).toMatchObject([{ status: 'error' }])
  })
})
