import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LiveAnswer, reduceAnswer, type StreamFrame } from './live-answer.ts'
import { LiveAnswers } from './live-answers.ts'

const id = 'msg_1'
const startFrame = (content?: string): StreamFrame => ({
  type: 'stream_start',
  data: { messageId: id, channelId: 'ch', agentId: 'agent', ...(content === undefined ? {} : { content }) },
})
const chunk = (content: string): StreamFrame => ({ type: 'stream_chunk', data: { messageId: id, content } })
const reasoning = (content: string): StreamFrame => ({ type: 'stream_reasoning', data: { messageId: id, content } })
const end: StreamFrame = { type: 'stream_end', data: { messageId: id } }
const call = (callId: string, status: 'calling' | 'completed' | 'error', at?: number): StreamFrame => ({
  type: 'tool_call',
  data: {
    messageId: id,
    toolName: 'search',
    arguments: { q: callId },
    status,
    callId,
    ...(at === undefined ? {} : { at }),
  },
})

const reduce = (frames: readonly StreamFrame[], now = 0): LiveAnswer =>
  frames.reduce<LiveAnswer | undefined>((answer, frame) => reduceAnswer(answer, frame, now), undefined) as LiveAnswer

describe('an answer being written', () => {
  it('is the sum of its chunks, however it is cut and wherever a reader joins', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 30 }), fc.nat(), (pieces, cut) => {
        const text = pieces.join('')
        const whole = reduce([startFrame(), ...pieces.map(chunk), end])
        const joined = pieces.slice(0, cut % (pieces.length + 1))
        const late = reduce([startFrame(joined.join('')), ...pieces.slice(joined.length).map(chunk), end])
        expect(whole.text).toBe(text)
        expect(late.text).toBe(text)
      }),
    )
  })

  it('continues behind the text it holds after a reconnection', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.nat(), fc.nat(), (text, a, b) => {
        const lost = a % (text.length + 1)
        const live = new LiveAnswers(() => {})
        live.push(startFrame())
        live.push(chunk(text.slice(0, lost)))
        const offset = live.offsets([id])[id] ?? -1
        expect(offset).toBe(lost)
        const middle = Math.max(offset, b % (text.length + 1))
        live.push(chunk(text.slice(offset, middle)))
        live.push(chunk(text.slice(middle)))
        live.flush()
        expect(live.get(id)?.text).toBe(text)
      }),
    )
  })

  it('starts over when the server says so', () => {
    expect(reduce([startFrame(), chunk('old'), call('1', 'calling'), startFrame(), chunk('new')])).toMatchObject({
      text: 'new',
      tools: [],
    })
  })

  it('keeps parallel calls of one tool apart', () => {
    const answer = reduce([
      startFrame(),
      chunk('ab'),
      call('1', 'calling', 2),
      call('2', 'calling', 2),
      call('2', 'completed'),
      { type: 'tool_result', data: { messageId: id, toolName: 'search', result: 'two', callId: '2' } },
      call('1', 'error'),
    ])
    expect(answer.tools.map(({ callId, status, result, at }) => ({ callId, status, result, at }))).toEqual([
      { callId: '1', status: 'error', result: undefined, at: 2 },
      { callId: '2', status: 'completed', result: 'two', at: 2 },
    ])
  })

  it('pairs calls without ids by their order', () => {
    const bare = (status: 'calling' | 'completed'): StreamFrame => ({
      type: 'tool_call',
      data: { messageId: id, toolName: 'search', arguments: {}, status },
    })
    const result: StreamFrame = { type: 'tool_result', data: { messageId: id, toolName: 'search', result: 'r' } }
    const answer = reduce([startFrame(), bare('calling'), bare('completed'), result, bare('calling')])
    expect(answer.tools.map((step) => [step.status, step.result])).toEqual([
      ['completed', 'r'],
      ['calling', undefined],
    ])
  })

  it('knows how long it thought only when it saw the whole of it', () => {
    const seen = reduceAnswer(reduce([startFrame(), reasoning('hm')], 1_000), chunk('so'), 4_000)
    expect(seen).toMatchObject({ thinking: false, thoughtMs: 3_000 })
    expect(reduce([startFrame('so')])).toMatchObject({ thinking: false, thoughtMs: null })
  })
})

describe('all answers being written', () => {
  it('tell their listeners once per frame, however many deltas came', () => {
    const due: (() => void)[] = []
    const live = new LiveAnswers((task) => due.push(task))
    let calls = 0
    live.subscribe(id, () => calls++)
    live.push(startFrame())
    for (let index = 0; index < 500; index++) live.push(chunk('x'))
    expect(calls).toBe(0)
    expect(due).toHaveLength(1)
    due[0]?.()
    expect(calls).toBe(1)
    expect(live.get(id)?.text).toHaveLength(500)
  })

  it('do not come back to life by frames that were still queued when the finished message came', () => {
    const live = new LiveAnswers(() => {})
    live.push(startFrame())
    live.push(chunk('a'))
    live.drop(id)
    live.push(end)
    live.flush()
    expect(live.get(id)).toBeUndefined()
  })
})
