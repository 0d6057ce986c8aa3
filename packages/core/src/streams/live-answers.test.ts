import { createMemoryStore } from '@parley/infra/memory'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { AnswerBuffer, type AnswerPosition, startOfAnswer } from './answer-buffer.ts'
import { type AnswerHead, LiveAnswers, type LiveAnswersOptions } from './live-answers.ts'
import { restoreAnswer } from './restore.ts'

const head: AnswerHead = {
  messageId: 'msg_1',
  channelId: 'ch_1',
  agentId: 'writer',
  triggerId: 'msg_0',
  jobId: 'job_1',
  seq: 2,
  at: 0,
}
const step = (status: 'calling' | 'completed', callId = 'c1') => ({ callId, toolName: 'search', arguments: {}, status })

describe('LiveAnswers', () => {
  let store: ReturnType<typeof createMemoryStore>
  beforeEach(() => {
    store = createMemoryStore()
  })
  const create = (options: LiveAnswersOptions = {}) =>
    new LiveAnswers(store.writer, { checkpointEveryMs: 1, ...options })
  const stored = async () => restoreAnswer(await store.streams.pieces(head.messageId))

  it('lets every reader read from where it stands', () => {
    const live = create()
    const writer = live.open(head)
    writer.text('Roses ')
    const early = live.readFrom('msg_1', startOfAnswer)
    expect(early).toMatchObject({ text: 'Roses ', restarted: false, ended: false })
    writer.reasoning('hm')
    writer.tool(step('calling'))
    writer.text('are red')
    writer.tool(step('completed'))
    writer.model('demo/echo')
    const late = live.readFrom('msg_1', early?.position as AnswerPosition)
    expect(late).toMatchObject({ text: 'are red', reasoning: 'hm', model: 'demo/echo' })
    expect(late?.tools).toEqual([{ ...step('completed'), at: 6 }])
    expect(live.readFrom('msg_1', late?.position as AnswerPosition)).toMatchObject({
      text: '',
      reasoning: '',
      tools: [],
    })
    expect(live.readFrom('msg_1', startOfAnswer)?.text).toBe('Roses are red')
    expect(live.readFrom('msg_x', startOfAnswer)).toBeUndefined()
  })

  it('tells readers to start over after a restart', () => {
    const live = create()
    const writer = live.open(head)
    writer.text('bad start')
    const position = live.readFrom('msg_1', startOfAnswer)?.position as AnswerPosition
    writer.restart()
    writer.text('good')
    expect(live.readFrom('msg_1', position)).toMatchObject({ restarted: true, text: 'good' })
    expect(live.readFrom('msg_1', startOfAnswer)).toMatchObject({ restarted: false, text: 'good' })
  })

  it('rings the channel at the start, at changes and at the end, until told to stop', () => {
    const live = create()
    const heard: string[] = []
    const stop = live.subscribe('ch_1', (id) => heard.push(id))
    live.subscribe('ch_2', () => heard.push('wrong channel'))
    const writer = live.open(head)
    writer.text('a')
    writer.text('')
    writer.end()
    expect(heard).toEqual(['msg_1', 'msg_1', 'msg_1'])
    stop()
    live.open(head).text('b')
    expect(heard).toHaveLength(3)
  })

  it('lists what runs, and keeps the tail of what has ended for late readers', () => {
    const live = create()
    const writer = live.open(head)
    writer.text('all')
    expect(live.running('ch_1')).toMatchObject([{ messageId: 'msg_1', agentId: 'writer' }])
    expect(live.running('ch_2')).toEqual([])
    expect(live.isBusy('writer')).toBe(true)
    writer.end()
    expect(live.running('ch_1')).toEqual([])
    expect(live.get('msg_1')).toBeUndefined()
    expect(live.isBusy('writer')).toBe(false)
    expect(live.readFrom('msg_1', startOfAnswer)).toMatchObject({ text: 'all', ended: true })
    for (let i = 0; i < 100; i++) live.open({ ...head, messageId: `other ${i}` }).end()
    expect(live.readFrom('msg_1', startOfAnswer)).toBeUndefined()
  })

  it('starts a new generation when the same answer is opened again', () => {
    const live = create()
    const writer = live.open(head)
    writer.text('first')
    const position = live.readFrom('msg_1', startOfAnswer)?.position as AnswerPosition
    writer.end()
    live.open(head).text('second')
    expect(live.readFrom('msg_1', position)).toMatchObject({ restarted: true, text: 'second', ended: false })
    writer.end()
    expect(live.get('msg_1')).toBeDefined()
    live.drop('msg_1')
    expect(live.get('msg_1')).toBeUndefined()
  })

  it('copies what is new to the store in one unit for all answers', async () => {
    const units: number[] = []
    const counting = {
      ...store.writer,
      commit: (unit: readonly never[]) => (units.push(unit.length), store.writer.commit(unit)),
    }
    const live = new LiveAnswers(counting as unknown as typeof store.writer, { checkpointEveryMs: 5 })
    const writers = [live.open(head), live.open({ ...head, messageId: 'msg_2' })]
    for (let i = 0; i < 100; i++) for (const writer of writers) writer.text('x')
    await later(30)
    expect(units).toEqual([2])
    expect((await stored()).text).toBe('x'.repeat(100))
    writers[0]?.tool(step('calling'))
    await later(30)
    expect(units).toEqual([2, 1])
    expect((await stored()).tools).toMatchObject([{ callId: 'c1', status: 'error', result: 'interrupted' }])
    await later(30)
    expect(units).toHaveLength(2)
  })

  it('copies a restarted answer from its new start', async () => {
    const live = create()
    const writer = live.open(head)
    writer.text('bad')
    await later(20)
    expect((await stored()).text).toBe('bad')
    writer.restart()
    writer.text('good')
    await later(20)
    expect((await stored()).text).toBe('good')
  })

  it('copies nothing after the seal, and the seal waits for a copy under way', async () => {
    const live = create()
    const writer = live.open(head)
    writer.text('a')
    await later(20)
    writer.text('b')
    await writer.seal()
    writer.text('c')
    await store.writer.commit([{ op: 'stream.clear', messageId: head.messageId }])
    await later(20)
    expect(await store.streams.pieces(head.messageId)).toEqual([])
    expect(writer.content().text).toBe('ab')
  })

  it('tries a failed copy again without losing or doubling text', async () => {
    const errors: unknown[] = []
    let fail = true
    const flaky: typeof store.writer = {
      commit: (unit) => (fail ? Promise.reject(new Error('busy')) : store.writer.commit(unit)),
    }
    const live = new LiveAnswers(flaky, { checkpointEveryMs: 1, onCheckpointError: (error) => errors.push(error) })
    const writer = live.open(head)
    writer.text('one ')
    await later(20)
    expect(errors.length).toBeGreaterThan(0)
    fail = false
    writer.text('two')
    await later(20)
    expect((await stored()).text).toBe('one two')
  })

  it('copies the rest when it is closed', async () => {
    const live = create({ checkpointEveryMs: 60_000 })
    live.open(head).text('kept')
    await live[Symbol.asyncDispose]()
    expect((await stored()).text).toBe('kept')
  })

  it('cuts an answer that grows too long, once, without tearing a character', () => {
    const live = create({ maxLength: 10 })
    let cuts = 0
    const writer = live.open(head, () => cuts++)
    writer.text('12345678')
    expect(writer.cut).toBe(false)
    writer.text('9😀more')
    writer.text('even more')
    expect(writer.cut).toBe(true)
    expect(cuts).toBe(1)
    expect(writer.content().text).toBe('123456789')
    writer.reasoning('x'.repeat(50))
    expect(writer.content().reasoning).toHaveLength(10)
  })
})

describe('AnswerBuffer', () => {
  const write = fc.oneof(
    fc.record({ kind: fc.constant('text' as const), data: fc.string({ maxLength: 5 }) }),
    fc.record({ kind: fc.constant('reasoning' as const), data: fc.string({ maxLength: 5 }) }),
    fc.record({ kind: fc.constant('tool' as const), data: fc.constantFrom('c1', 'c2', 'c3') }),
    fc.record({ kind: fc.constant('restart' as const), data: fc.constant('') }),
    fc.record({ kind: fc.constant('read' as const), data: fc.constant('') }),
  )

  it('gives a reader that reads at any times exactly what was written', () => {
    fc.assert(
      fc.property(fc.array(write, { maxLength: 60 }), (writes) => {
        const buffer = new AnswerBuffer(1_000_000, 1)
        let position = startOfAnswer
        let seen = { text: '', reasoning: '', tools: new Map<string, string>() }
        const read = (): void => {
          const delta = buffer.readFrom(position)
          if (delta.restarted) seen = { text: '', reasoning: '', tools: new Map() }
          seen.text += delta.text
          seen.reasoning += delta.reasoning
          for (const tool of delta.tools) seen.tools.set(tool.callId, tool.status)
          position = delta.position
        }
        for (const { kind, data } of writes) {
          if (kind === 'text') buffer.appendText(data)
          else if (kind === 'reasoning') buffer.appendReasoning(data)
          else if (kind === 'tool') buffer.putTool(step('completed', data))
          else if (kind === 'restart') buffer.restart()
          else read()
        }
        read()
        expect(seen.text).toBe(buffer.text)
        expect(seen.reasoning).toBe(buffer.reasoning)
        expect([...seen.tools.keys()].toSorted()).toEqual(buffer.tools.map((tool) => tool.callId).toSorted())
      }),
    )
  })
})

function later(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
