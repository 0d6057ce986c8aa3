import { sleep } from '@parley/base'
import { callTools, createGate, lastUserText, say, startModelServer, textOf } from '@parley/testkit/model-server'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { harness, provider } from '../testing/harness.ts'
import { agentProfile, SeatDouble, said, turnFor } from '../testing/seat-double.ts'
import { defineTool, type Tool } from '../tools/tool.ts'

describe('turn engine', () => {
  test('streams an answer and finishes it once, with usage and model', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)] })
    server.reply(say('Good morning, Ann.', { chunkSize: 4, reasoning: 'polite', usage: { input: 21, output: 7 } }))
    const seat = new SeatDouble({ messages: [said('user_1', 'Good morning')] })
    const outcome = await host.answer(seat)
    expect(outcome).toMatchObject({
      status: 'done',
      text: 'Good morning, Ann.',
      reasoning: 'polite',
      model: 'local/test-model',
      usage: { inputTokens: 21, outputTokens: 7 },
      tools: [],
    })
    expect(seat.shown).toMatchObject({ text: 'Good morning, Ann.', reasoning: 'polite', models: ['local/test-model'] })
    expect(seat.outcomes).toHaveLength(1)
    const { chat, path } = server.completions[0]!
    expect(path).toBe('/v1/chat/completions')
    expect(chat).toMatchObject({ model: 'test-model', stream: true, stream_options: { include_usage: true } })
    expect(chat.tools).toBeUndefined()
    expect(chat.messages.map((message) => message.role)).toEqual(['system', 'user'])
    expect(lastUserText(server.completions[0]!)).toBe('Good morning')
  })

  test('stop mid-stream keeps the partial text and closes the request', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)] })
    server.reply(say('one two three', { chunkSize: 4, gate: createGate(), gateAfter: 2 }))
    const seat = new SeatDouble()
    const { turn, controller } = turnFor(seat)
    host.source.add(turn)
    await seat.until((shown) => shown.text === 'one two ')
    controller.abort('stopped')
    expect(await seat.ended).toMatchObject({ status: 'stopped', text: 'one two' })
    expect((await seat.ended).failure).toBeUndefined()
    await server.completions[0]!.abandoned
  })

  test('a lost lease writes no end', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)] })
    server.reply(say('one two', { chunkSize: 4, gate: createGate() }))
    const seat = new SeatDouble()
    const { turn, controller } = turnFor(seat)
    host.source.add(turn)
    await seat.until((shown) => shown.text === 'one ')
    controller.abort('lease-lost')
    await server.completions[0]!.abandoned
    await host.engine.drain(1_000)
    expect(seat.outcomes).toEqual([])
  })

  test('drain waits for running turns, then interrupts the rest as retryable failures', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)] })
    const quick = createGate()
    server.rule((request) =>
      lastUserText(request) === 'quick'
        ? say('quick done', { gate: quick, gateAfter: 0 })
        : say('slow never', { chunkSize: 5, gate: createGate() }),
    )
    const seats = ['quick', 'slow'].map((text) => new SeatDouble({ messages: [said('user_1', text)] }))
    for (const seat of seats) host.source.add(turnFor(seat).turn)
    await seats[1]!.until((shown) => shown.text === 'slow ')
    await server.completion(1)
    const drained = host.engine.drain(400)
    quick.open()
    await drained
    expect(await seats[0]!.ended).toMatchObject({ status: 'done', text: 'quick done' })
    expect(await seats[1]!.ended).toMatchObject({
      status: 'failed',
      text: 'slow',
      failure: { class: 'interrupted', retryable: true },
    })
    expect(host.engine.running).toBe(0)
    const late = new SeatDouble()
    host.source.add(turnFor(late).turn)
    const claims = host.source.claims
    await new Promise((resolve) => setImmediate(resolve))
    expect(host.source.claims).toBe(claims)
  })

  test('a silent model ends the turn after the inactivity limit', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)], limits: { inactivity: 120 } })
    server.reply(say('partial answer', { chunkSize: 8, stallAfter: 1 }))
    const seat = new SeatDouble()
    const outcome = await host.answer(seat)
    expect(outcome).toMatchObject({ status: 'failed', text: 'partial', failure: { class: 'timeout', retryable: true } })
  })

  test('model and tool activity keep a turn alive beyond the inactivity limit', async () => {
    await using server = await startModelServer()
    const slow = defineTool({
      name: 'slow',
      description: 'takes its time',
      schema: z.object({}),
      handler: async (_args, { signal }) => {
        await sleep(450, signal)
        return 'done'
      },
    }) as Tool
    await using host = harness({ providers: [provider(server.url)], tools: [slow], limits: { inactivity: 900 } })
    server.reply(callTools([{ name: 'slow' }], { firstByteMs: 450 }), say('fine', { firstByteMs: 450 }))
    const seat = new SeatDouble({ agents: [agentProfile('agent_a', { tools: ['slow'] })] })
    expect(await host.answer(seat)).toMatchObject({ status: 'done', text: 'fine' })
  })

  test('runs different conversations side by side, up to the limit', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)], limits: { concurrency: 2 } })
    const gate = createGate()
    server.rule((request) => say(`re ${lastUserText(request)}`, { gate, gateAfter: 0 }))
    const seats = ['a', 'b', 'c'].map((text) => new SeatDouble({ messages: [said('user_1', text)] }))
    host.source.add(...seats.map((seat) => turnFor(seat).turn))
    await server.completion(1)
    expect(host.engine.running).toBe(2)
    expect(server.completions).toHaveLength(2)
    gate.open()
    const outcomes = await Promise.all(seats.map((seat) => seat.ended))
    expect(outcomes.map((outcome) => outcome.text)).toEqual(['re a', 're b', 're c'])
  })

  test('failing seats and sources never kill the engine', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)] })
    host.source.claimFails.push(new Error('store is down'))
    const broken = new SeatDouble()
    broken.beginFails = new Error('begin broke')
    const gone = new SeatDouble()
    gone.nothingToAnswer = true
    const noHistory = new SeatDouble()
    noHistory.history = async () => {
      throw new Error('history broke: secret path /data')
    }
    const badSink = new SeatDouble()
    const open = badSink.begin.bind(badSink)
    badSink.begin = async () => ({
      ...(await open())!,
      text() {
        throw new Error('sink broke')
      },
    })
    const fine = new SeatDouble({ messages: [said('user_1', 'still there?')] })
    host.source.add(...[broken, gone, noHistory, badSink, fine].map((seat) => turnFor(seat).turn))
    expect(await fine.ended).toMatchObject({ status: 'done', text: 'You said: still there?' })
    expect(await noHistory.ended).toMatchObject({ status: 'failed', failure: { class: 'internal', retryable: true } })
    expect((await noHistory.ended).failure?.message).not.toContain('secret')
    expect(await badSink.ended).toMatchObject({ status: 'failed', failure: { class: 'internal' } })
    expect(broken.outcomes).toEqual([])
    expect(gone.outcomes).toEqual([])
  })

  test('a busy store is asked again to take the end; a final refusal is not', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)] })
    const seat = new SeatDouble()
    seat.finishFails = [new Error('busy'), new Error('busy')]
    expect(await host.answer(seat)).toMatchObject({ status: 'done' })
    expect(seat.outcomes).toHaveLength(1)
  })

  test('the context is read when the turn starts: the next turn sees the answer before it', async () => {
    await using server = await startModelServer()
    await using host = harness({ providers: [provider(server.url)] })
    const seat = new SeatDouble({ messages: [said('user_1', 'U1')] })
    const first = await host.answer(seat)
    seat.messages.push(said('agent_a', first.text), said('user_1', 'U2'))
    const again = new SeatDouble({ messages: seat.messages })
    await host.answer(again)
    const sent = server.completions[1]!.chat.messages
    expect(sent.slice(1).map((message) => [message.role, textOf(message)])).toEqual([
      ['user', 'U1'],
      ['assistant', 'You said: U1'],
      ['user', 'U2'],
    ])
    // The processed prefix can be reused by the server.
    expect(sent[0]).toEqual(server.completions[0]!.chat.messages[0])
  })

  test('observers are told about turns, models and tools, and may throw', async () => {
    await using server = await startModelServer()
    const events: unknown[] = []
    await using host = harness({
      providers: [provider(server.url)],
      observer: {
        turnStarted() {
          throw new Error('metrics are down')
        },
        turnEnded: (event) => void events.push(['turn', event.status, event.model]),
        modelCalled: (event) => void events.push(['model', event.outcome]),
        toolCalled: (event) => void events.push(['tool', event.tool, event.outcome]),
      },
    })
    server.reply(callTools([{ name: 'current_time' }]), say('noon'))
    const seat = new SeatDouble({ agents: [agentProfile('agent_a', { tools: ['current_time'] })] })
    await host.answer(seat)
    await host.engine.drain(1_000)
    expect(events).toEqual([
      ['model', 'ok'],
      ['tool', 'current_time', 'ok'],
      ['model', 'ok'],
      ['turn', 'done', 'local/test-model'],
    ])
  })
})
