import { sleep } from '@parley/base'
import {
  type ChatBody,
  callTools,
  createGate,
  failures,
  lastUserText,
  say,
  startModelServer,
  textOf,
} from '@parley/testkit/model-server'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { harness, provider } from '../testing/harness.ts'
import { agentMember, agentProfile, SeatDouble, said, turnFor } from '../testing/seat-double.ts'
import { toolErrors } from '../tools/errors.ts'
import { defineTool, type Tool, type ToolContext } from '../tools/tool.ts'

interface Probe {
  readonly tool: Tool
  readonly calls: unknown[]
  readonly contexts: ToolContext[]
}

/** A tool that records its calls. */
function probe(
  name: string,
  handler: (args: { text: string }) => Promise<string> | string = (args) => `${name}:${args.text}`,
  extra: object = {},
): Probe {
  const calls: unknown[] = []
  const contexts: ToolContext[] = []
  const tool = defineTool({
    name,
    description: `test tool ${name}`,
    schema: z.object({ text: z.string().default('') }),
    ...extra,
    async handler(args, context) {
      calls.push(args)
      contexts.push(context)
      return handler(args)
    },
  }) as Tool
  return { tool, calls, contexts }
}

const withTools = (...tools: string[]) => new SeatDouble({ agents: [agentProfile('agent_a', { tools })] })
const results = (chat: ChatBody): string[] =>
  chat.messages.filter((message) => message.role === 'tool').map((message) => textOf(message))
const offered = (chat: ChatBody): string[] | undefined => chat.tools?.map((tool) => tool.function.name)

describe('agent loop (spec/runtime §6.3)', () => {
  test('statistics keep no tool names that a model made up', async () => {
    await using server = await startModelServer()
    const counted: string[] = []
    const observer = { toolCalled: ({ tool }: { readonly tool: string }) => void counted.push(tool) }
    await using host = harness({ providers: [provider(server.url)], tools: [probe('tool_a').tool], observer })
    server.reply(callTools([{ name: 'made_up_1' }, { name: 'tool_a' }, { name: 'made_up_2' }]), say('Done.'))
    await host.answer(withTools('tool_a'))
    expect(counted.toSorted()).toEqual(['(unknown)', '(unknown)', 'tool_a'])
  })

  test('two rounds, then the answer; text before a call is kept, the message goes back as received (test 51)', async () => {
    await using server = await startModelServer()
    const a = probe('tool_a')
    const b = probe('tool_b')
    await using host = harness({ providers: [provider(server.url)], tools: [a.tool, b.tool] })
    server.reply(
      callTools([{ name: 'tool_a', arguments: { text: 'x' } }], {
        text: 'Looking.',
        reasoning: 'plan',
        argumentsChunkSize: 2,
      }),
      callTools([{ name: 'tool_b', arguments: { text: 'y' } }]),
      say('Done.'),
    )
    const seat = withTools('tool_a', 'tool_b')
    const outcome = await host.answer(seat)
    expect(outcome.text).toBe('Looking.\n\nDone.')
    expect(outcome.tools).toMatchObject([
      { toolName: 'tool_a', arguments: { text: 'x' }, status: 'completed', result: 'tool_a:x', at: 8 },
      { toolName: 'tool_b', arguments: { text: 'y' }, status: 'completed', result: 'tool_b:y', at: 8 },
    ])
    expect(seat.shown.steps).toEqual(outcome.tools)
    expect(outcome.usage.outputTokens).toBeGreaterThan(2)
    const last = server.completions[2]!.chat.messages
    expect(last.map((message) => message.role)).toEqual(['system', 'user', 'assistant', 'tool', 'assistant', 'tool'])
    expect(last[2]).toMatchObject({
      content: 'Looking.',
      reasoning_content: 'plan',
      tool_calls: [{ function: { name: 'tool_a' } }],
    })
    expect(last[3]!.tool_call_id).toBe(last[2]!.tool_calls![0]!.id)
  })

  test('parallel calls: results stand in the order of the calls, whoever is first (test 52)', async () => {
    await using server = await startModelServer()
    const gates = new Map(['1', '2', '3'].map((text) => [text, createGate()]))
    const slow = probe('slow', async ({ text }) => {
      await gates.get(text)!.opened
      return `done ${text}`
    })
    await using host = harness({ providers: [provider(server.url)], tools: [slow.tool] })
    server.reply(callTools(['1', '2', '3'].map((text) => ({ name: 'slow', arguments: { text } }))), say('ok'))
    const seat = withTools('slow')
    const answer = host.answer(seat)
    await seat.until((shown) => shown.steps.length === 3)
    for (const text of ['3', '2', '1']) {
      gates.get(text)!.open()
      await seat.until((shown) => shown.steps.some((step) => step.result === `done ${text}`))
    }
    const outcome = await answer
    expect(outcome.tools.map((step) => step.result)).toEqual(['done 1', 'done 2', 'done 3'])
    expect(results(server.completions[1]!.chat)).toEqual(['done 1', 'done 2', 'done 3'])
  })

  test('no more calls at once than allowed', async () => {
    await using server = await startModelServer()
    let now = 0
    let most = 0
    const busy = probe('busy', async () => {
      most = Math.max(most, ++now)
      await sleep(5)
      now--
      return 'ok'
    })
    await using host = harness({ providers: [provider(server.url)], tools: [busy.tool], limits: { parallelCalls: 2 } })
    server.reply(
      callTools(Array.from({ length: 6 }, (_, n) => ({ name: 'busy', arguments: { text: `${n}` } }))),
      say('ok'),
    )
    await host.answer(withTools('busy'))
    expect(busy.calls).toHaveLength(6)
    expect(most).toBe(2)
  })

  test('a model that never stops calling gets a last call without tools, and the limit is shown (test 53)', async () => {
    await using server = await startModelServer()
    const a = probe('tool_a')
    await using host = harness({ providers: [provider(server.url)], tools: [a.tool], limits: { rounds: 3 } })
    let n = 0
    server.rule((request) =>
      request.chat.tools === undefined ? say('Final.') : callTools([{ name: 'tool_a', arguments: { text: `${n++}` } }]),
    )
    const outcome = await host.answer(withTools('tool_a'))
    expect(outcome).toMatchObject({ status: 'done', text: 'Final.' })
    expect(server.completions).toHaveLength(4)
    const last = server.completions[3]!.chat
    expect(offered(last)).toBeUndefined()
    expect(results(last).at(-1)).toMatch(/^tool_a:2[\s\S]*limit of 3 rounds[\s\S]*Answer now/)
    expect(outcome.tools.at(-1)).toMatchObject({
      toolName: 'limit',
      status: 'error',
      result: expect.stringContaining('3 rounds'),
    })
  })

  test('the number of calls is limited too, within one round', async () => {
    await using server = await startModelServer()
    const a = probe('tool_a')
    await using host = harness({ providers: [provider(server.url)], tools: [a.tool], limits: { calls: 2 } })
    server.reply(callTools(['1', '2', '3'].map((text) => ({ name: 'tool_a', arguments: { text } }))), say('Final.'))
    const outcome = await host.answer(withTools('tool_a'))
    expect(a.calls).toHaveLength(2)
    expect(outcome.tools.map((step) => step.status)).toEqual(['completed', 'completed', 'error', 'error'])
    expect(results(server.completions[1]!.chat)[2]).toContain('limit of 2 tool calls')
    expect(server.completions[1]!.chat.tools).toBeUndefined()
  })

  test('calls in the last, tool-less answer are ignored; without any text it is an empty answer', async () => {
    await using server = await startModelServer()
    const a = probe('tool_a')
    await using host = harness({ providers: [provider(server.url)], tools: [a.tool], limits: { rounds: 1 } })
    server.rule(() => callTools([{ name: 'tool_a', arguments: { text: `${Math.random()}` } }]))
    const outcome = await host.answer(withTools('tool_a'))
    expect(outcome).toMatchObject({ status: 'failed', failure: { class: 'empty' } })
    expect(a.calls).toHaveLength(1)
  })

  test('the same call three times in one turn is not run again', async () => {
    await using server = await startModelServer()
    const a = probe('tool_a')
    await using host = harness({ providers: [provider(server.url)], tools: [a.tool] })
    const spellings = ['{"text":"x"}', '{ "text" : "x" }', '{"text":"x"}']
    server.reply(...spellings.map((text) => callTools([{ name: 'tool_a', arguments: text }])), say('Enough.'))
    const outcome = await host.answer(withTools('tool_a'))
    expect(a.calls).toHaveLength(2)
    expect(outcome.tools[2]).toMatchObject({ status: 'error', result: expect.stringContaining('3 times') })
  })

  test('arguments that are no JSON, do not fit, or are slightly off (test 54)', async () => {
    await using server = await startModelServer()
    const calls: unknown[] = []
    const strict = defineTool({
      name: 'strict',
      description: 'needs a number',
      schema: z.object({ count: z.number().int(), tags: z.array(z.string()).optional(), on: z.boolean().optional() }),
      async handler(args) {
        calls.push(args)
        return 'ran'
      },
    }) as Tool
    await using host = harness({ providers: [provider(server.url)], tools: [strict] })
    server.reply(
      callTools([
        { name: 'strict', arguments: '{"count": 3' },
        { name: 'strict', arguments: '[1]' },
        { name: 'strict', arguments: { count: 'three' } },
        { name: 'strict', arguments: { count: '3', tags: 'a', on: 'true' } },
        { name: 'strict', arguments: { count: 4, tags: null } },
        { name: 'strict', arguments: '"{\\"count\\": 5}"' },
      ]),
      say('ok'),
    )
    const outcome = await host.answer(withTools('strict'))
    expect(calls).toEqual([{ count: 3, tags: ['a'], on: true }, { count: 4 }, { count: 5 }])
    expect(outcome.tools.map((step) => step.status)).toEqual([
      'error',
      'error',
      'error',
      'completed',
      'completed',
      'completed',
    ])
    const [broken, list, misfit] = results(server.completions[1]!.chat)
    expect(broken).toMatch(/not valid JSON[\s\S]*"count"/)
    expect(list).toContain('must be a JSON object')
    expect(misfit).toMatch(/count[\s\S]*Expected arguments of strict/)
  })

  test('what a tool throws, a timeout, an unknown tool: results, and the turn goes on (test 56)', async () => {
    await using server = await startModelServer()
    const broken = probe('broken', () => {
      throw new Error('stack with secret')
    })
    const refusing = probe('refusing', () => {
      throw toolErrors.tool_refused({ details: { reason: 'Not on Sundays.' } })
    })
    const hanging = probe('hanging', () => new Promise<string>(() => {}), { timeout: 30 })
    let tries = 0
    const flaky = probe(
      'flaky',
      () => {
        if (++tries === 1) throw new Error('once')
        return 'second time'
      },
      { idempotent: true },
    )
    await using host = harness({
      providers: [provider(server.url)],
      tools: [broken.tool, refusing.tool, hanging.tool, flaky.tool],
    })
    server.reply(
      callTools(
        ['broken', 'refusing', 'hanging', 'flaky', 'functions.hangin'].map((name) => ({ name, arguments: {} })),
      ),
      say('ok'),
    )
    const outcome = await host.answer(withTools('broken', 'refusing', 'hanging', 'flaky'))
    expect(outcome.status).toBe('done')
    const texts = results(server.completions[1]!.chat)
    expect(texts).toEqual([
      'broken failed because of an internal error.',
      'Not on Sundays.',
      'hanging did not finish within 0.03 s.',
      'second time',
      expect.stringMatching(/no tool "functions.hangin".*hanging/),
    ])
    expect(broken.calls).toHaveLength(1)
    expect(JSON.stringify(outcome)).not.toContain('secret')
  })

  test('missing, doubled and odd ids and names do not disturb (test 57)', async () => {
    await using server = await startModelServer()
    const a = probe('tool_a')
    await using host = harness({ providers: [provider(server.url)], tools: [a.tool] })
    server.reply(
      callTools([
        { id: null, name: 'tool_a', arguments: { text: '1' } },
        { id: 'same', name: 'tool_a', arguments: { text: '2' } },
        { id: 'same', name: 'tool_a', arguments: { text: '3' } },
      ]),
      callTools([{ id: 'same', name: 'tool_a', arguments: { text: '4' } }]),
      say('ok'),
    )
    const outcome = await host.answer(withTools('tool_a'))
    expect(outcome.tools.map((step) => step.result)).toEqual(['tool_a:1', 'tool_a:2', 'tool_a:3', 'tool_a:4'])
    const messages = server.completions[2]!.chat.messages
    const asked = messages.flatMap((message) => message.tool_calls?.map((call) => call.id) ?? [])
    expect(new Set(asked).size).toBe(4)
    expect(messages.filter((message) => message.role === 'tool').map((message) => message.tool_call_id)).toEqual(asked)
  })

  test('a long result is cut with head and tail (test 63)', async () => {
    await using server = await startModelServer()
    const big = probe('big', () => `START${'x'.repeat(1_000_000)}END`)
    await using host = harness({
      providers: [provider(server.url, { models: [{ name: 'test-model', contextWindow: 64_000 }] })],
      tools: [big.tool],
      limits: { resultLength: 2_000 },
    })
    server.reply(callTools([{ name: 'big' }]), say('ok'))
    await host.answer(withTools('big'))
    const [text] = results(server.completions[1]!.chat)
    expect(text!.length).toBeLessThan(2_200)
    expect(text).toMatch(/^STARTx+[\s\S]*left out[\s\S]*xEND$/)
  })

  test('stop during a tool aborts it and closes its step', async () => {
    await using server = await startModelServer()
    const hanging = probe('hanging', () => new Promise<string>(() => {}))
    await using host = harness({ providers: [provider(server.url)], tools: [hanging.tool] })
    server.reply(callTools([{ name: 'hanging', arguments: { text: 'x' } }], { text: 'Wait.' }))
    const seat = withTools('hanging')
    const { turn, controller } = turnFor(seat)
    host.source.add(turn)
    await seat.until((shown) => shown.steps[0]?.status === 'calling')
    controller.abort('stopped')
    const outcome = await seat.ended
    expect(outcome).toMatchObject({
      status: 'stopped',
      text: 'Wait.',
      tools: [{ status: 'error', result: 'Stopped.' }],
    })
    expect(hanging.contexts[0]!.signal.aborted).toBe(true)
  })

  test('an empty end after tools keeps what was written before them', async () => {
    await using server = await startModelServer()
    const a = probe('tool_a')
    await using host = harness({ providers: [provider(server.url)], tools: [a.tool] })
    server.reply(callTools([{ name: 'tool_a', arguments: {} }], { text: 'I have noted it.' }), say(''), say(''))
    expect(await host.answer(withTools('tool_a'))).toMatchObject({ status: 'done', text: 'I have noted it.' })
  })

  test('a later round that fails is repeated without running the tools again', async () => {
    await using server = await startModelServer()
    const a = probe('tool_a')
    await using host = harness({ providers: [provider(server.url)], tools: [a.tool] })
    server.reply(
      callTools([{ name: 'tool_a', arguments: {} }], { text: 'Looking.' }),
      failures.serverError(),
      say('Found.'),
    )
    expect(await host.answer(withTools('tool_a'))).toMatchObject({ status: 'done', text: 'Looking.\n\nFound.' })
    expect(a.calls).toHaveLength(1)
  })
})

describe('permission: grant ∩ asker, when offered and again when run', () => {
  test('a tool that was not granted is neither offered nor run when the model names it', async () => {
    await using server = await startModelServer()
    const granted = probe('granted')
    const secret = probe('secret')
    await using host = harness({ providers: [provider(server.url)], tools: [granted.tool, secret.tool] })
    server.reply(callTools([{ name: 'secret', arguments: { text: 'x' } }]), say('ok'))
    const outcome = await host.answer(withTools('granted'))
    expect(offered(server.completions[0]!.chat)).toEqual(['granted'])
    expect(secret.calls).toEqual([])
    expect(outcome.tools).toMatchObject([
      { toolName: 'secret', status: 'error', result: expect.stringContaining('may not use') },
    ])
    expect(host.lines).toContainEqual(expect.objectContaining({ message: 'tool call denied' }))
  })

  test('the asker’s role counts: what a guest may not, the agent may not for the guest', async () => {
    await using server = await startModelServer()
    const admin = probe('admin_tool', undefined, { minRole: 'admin' })
    await using host = harness({ providers: [provider(server.url)], tools: [admin.tool] })
    for (const [role, runs] of [
      ['guest', 0],
      ['member', 0],
      ['admin', 1],
      ['owner', 2],
    ] as const) {
      server.clear()
      server.reply(callTools([{ name: 'admin_tool', arguments: { text: role } }]), say('ok'))
      await host.answer(withTools('admin_tool'), { asker: { id: 'user_1', role } })
      expect(admin.calls).toHaveLength(runs)
    }
  })

  test('a grant taken away during the turn is gone at the next call', async () => {
    await using server = await startModelServer()
    const a = probe('tool_a')
    await using host = harness({ providers: [provider(server.url)], tools: [a.tool] })
    const seat = withTools('tool_a')
    const first = createGate()
    server.reply(
      callTools([{ name: 'tool_a', arguments: { text: '1' } }]),
      callTools([{ name: 'tool_a', arguments: { text: '2' } }], { gate: first, gateAfter: 0 }),
      say('ok'),
    )
    const answer = host.answer(seat)
    await server.completion(1)
    seat.profiles.set('agent_a', agentProfile('agent_a', { tools: [] }))
    first.open()
    const outcome = await answer
    expect(a.calls).toEqual([{ text: '1' }])
    expect(outcome.tools.map((step) => step.status)).toEqual(['completed', 'error'])
  })

  test('a tool is told the real ids, whatever the model claims (test 55)', async () => {
    await using server = await startModelServer()
    const a = probe('tool_a')
    await using host = harness({ providers: [provider(server.url)], tools: [a.tool] })
    server.reply(callTools([{ name: 'tool_a', arguments: { text: 'x', conversationId: 'ch_other' } }]), say('ok'))
    await host.answer(withTools('tool_a'), { asker: { id: 'user_9', role: 'member' } })
    expect(a.contexts[0]).toMatchObject({
      conversationId: 'ch_1',
      agentId: 'agent_a',
      asker: { id: 'user_9', role: 'member' },
    })
    expect(a.calls[0]).toEqual({ text: 'x' })
  })
})

describe('call_agent', () => {
  const team = (): SeatDouble =>
    new SeatDouble({
      agents: [
        agentProfile('agent_a', { name: 'Butler', tools: ['call_agent'], soul: 'PERSONA-A' }),
        agentProfile('agent_b', {
          name: 'Poet',
          tools: ['call_agent', 'tool_b'],
          soul: 'PERSONA-B',
          model: 'local/poet-model',
        }),
        agentProfile('agent_c', { name: '翻译官', tools: ['call_agent'], soul: 'PERSONA-C' }),
      ],
      messages: [said('user_1', 'a private question'), said('user_1', 'A poem please')],
    })
  const persona = (chat: ChatBody): string => textOf(chat.messages[0]).slice(0, 9)

  test('runs the colleague with its own persona, model and tools; usage is added up', async () => {
    await using server = await startModelServer()
    const b = probe('tool_b')
    await using host = harness({ providers: [provider(server.url)], tools: [b.tool] })
    server.reply(
      callTools([{ name: 'call_agent', arguments: { agent: '@poet', task: 'Write two lines.' } }], {
        usage: { input: 1, output: 1 },
      }),
      callTools([{ name: 'tool_b', arguments: { text: 'rhyme' } }], { usage: { input: 10, output: 10 } }),
      say('Roses are red.', { usage: { input: 100, output: 100 } }),
      say('Here it is: Roses are red.', { usage: { input: 1000, output: 1000 } }),
    )
    const seat = team()
    const outcome = await host.answer(seat)
    expect(outcome).toMatchObject({
      status: 'done',
      text: 'Here it is: Roses are red.',
      model: 'local/test-model',
      usage: { inputTokens: 1111, outputTokens: 1111 },
      tools: [{ toolName: 'call_agent', status: 'completed', result: 'Roses are red.' }],
    })
    const nested = server.completions[1]!.chat
    expect([persona(nested), nested.model, offered(nested)]).toEqual([
      'PERSONA-B',
      'poet-model',
      ['call_agent', 'tool_b'],
    ])
    expect(lastUserText(server.completions[1]!)).toBe('Write two lines.')
    expect(JSON.stringify(nested.messages)).not.toContain('a private question')
    expect(b.contexts[0]!.agentId).toBe('agent_b')
    expect(seat.shown.text).toBe('Here it is: Roses are red.')
  })

  test.each([
    ['itself', 'agent_a', /cannot call yourself/],
    ['nobody', 'Nobody', /no agent "Nobody".*Poet/],
  ])('refuses %s', async (_name, agent, reason) => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)] })
    server.reply(callTools([{ name: 'call_agent', arguments: { agent, task: 'x' } }]), say('ok'))
    const outcome = await host.answer(team())
    expect(outcome.tools[0]).toMatchObject({ status: 'error', result: expect.stringMatching(reason) })
  })

  test('refuses circles, and stacks only as deep as allowed', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)], limits: { depth: 1 } })
    server.rule((request) => {
      const { chat } = request
      const last = chat.messages.at(-1)!
      if (last.role === 'tool') return say(`got: ${textOf(last)}`)
      if (persona(chat) === 'PERSONA-A')
        return callTools([{ name: 'call_agent', arguments: { agent: 'Poet', task: 'x' } }])
      return callTools([
        { name: 'call_agent', arguments: { agent: 'Butler', task: 'back' } },
        { name: 'call_agent', arguments: { agent: '翻译官', task: 'deeper' } },
      ])
    })
    await host.answer(team())
    const seen = results(server.completions[2]!.chat)
    expect(seen[0]).toContain('is waiting for your answer')
    expect(seen[1]).toContain('1 deep')
  })

  test('an agent outside the conversation is found in the directory; a disabled one is not available', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)] })
    const seat = new SeatDouble({
      agents: [agentProfile('agent_a', { tools: ['call_agent'] })],
      directory: [agentMember('agent_x', 'Expert'), agentMember('agent_gone', 'Gone')],
    })
    seat.profiles.set('agent_x', agentProfile('agent_x', { name: 'Expert', soul: 'PERSONA-X' }))
    server.reply(
      callTools([
        { name: 'call_agent', arguments: { agent: 'Expert', task: 'help' } },
        { name: 'call_agent', arguments: { agent: 'Gone', task: 'help' } },
      ]),
      say('expert words'),
      say('ok'),
    )
    const outcome = await host.answer(seat)
    expect(outcome.tools.map((step) => step.result)).toEqual(['expert words', 'Gone is not available.'])
  })

  test('a colleague that fails is a result with its public reason', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)] })
    server.rule((request) => {
      if (persona(request.chat) === 'PERSONA-B') return failures.unauthorized()
      return request.chat.messages.at(-1)!.role === 'tool'
        ? say('I could not reach the poet.')
        : callTools([{ name: 'call_agent', arguments: { agent: 'Poet', task: 'x' } }])
    })
    const outcome = await host.answer(team())
    expect(outcome).toMatchObject({ status: 'done', text: 'I could not reach the poet.' })
    expect(outcome.tools[0]).toMatchObject({
      status: 'error',
      result: expect.stringMatching(/^Poet could not answer: .*refused access/),
    })
  })
})
