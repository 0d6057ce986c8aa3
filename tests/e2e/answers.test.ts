import {
  deleteMessage,
  editMessage,
  listAnswers,
  type Message,
  retryAnswer,
  stopAnswer,
  stopChannel,
} from '@parley/protocol/workspace'
import { createGate, failures, type RecordedRequest, say, textOf } from '@parley/testkit'
import { describe, expect, test } from 'vitest'
import { useParley } from './use-parley.ts'

const parley = useParley()

/** Everything the model was shown, as one text. */
const shown = (request: RecordedRequest | undefined): string =>
  (request?.chat.messages ?? []).map((message) => `${message.role}: ${textOf(message)}`).join('\n')

describe('WS-1.4 an answer as it is written', () => {
  test('WS-1.4 the documented frames come in order and the message with the same id follows stream_end', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Poet'))
    const dm = await parley().owner.dm({ agentId: agent.id })
    const socket = await parley().owner.listen(dm.id)
    parley().model.reply(say('roses are red', { chunkSize: 3, paceMs: 10, usage: { input: 21, output: 5 } }))
    const asked = await parley().owner.say(dm.id, 'a poem')
    const [answer] = (await socket.answersTo(asked.id)) as [Message]
    const own = socket.frames.filter((frame) => JSON.stringify(frame).includes(answer.id) && frame.type !== 'answers')
    const types = own.map((frame) => frame.type)
    expect(types[0]).toBe('stream_start')
    expect(types.indexOf('stream_end')).toBeGreaterThan(types.lastIndexOf('stream_chunk'))
    expect(types.indexOf('message')).toBeGreaterThan(types.indexOf('stream_end'))
    expect(types.filter((type) => type === 'stream_start' || type === 'stream_end')).toHaveLength(2)
    expect(own[0]).toMatchObject({ data: { messageId: answer.id, channelId: dm.id, agentId: agent.id } })
    for (const frame of own) {
      if (frame.type === 'stream_chunk') expect(Object.keys(frame.data).toSorted()).toEqual(['content', 'messageId'])
      if (frame.type === 'stream_end') expect(frame).toEqual({ type: 'stream_end', data: { messageId: answer.id } })
    }
    expect(socket.journal.streamed(answer.id)).toBe('roses are red')
    expect(answer).toMatchObject({
      content: 'roses are red',
      type: 'text',
      agentId: agent.id,
      userId: null,
      metadata: {
        answer: {
          status: 'done',
          triggerId: asked.id,
          model: expect.stringContaining('test-model'),
          usage: { inputTokens: 21, outputTokens: 5 },
          durationMs: expect.any(Number),
        },
      },
    })
    expect((await parley().owner.history(dm.id)).at(-1)).toEqual(answer)
    await socket.close()
  })

  test('WS-1.2#4 posting returns before the answer is written', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Slow'))
    const dm = await parley().owner.dm({ agentId: agent.id })
    const gate = createGate()
    parley().model.reply(say('late', { gate, gateAfter: 0 }))
    const socket = await parley().owner.listen(dm.id)
    const asked = await parley().owner.say(dm.id, 'hello?')
    const { answers } = await parley().owner.call(listAnswers, { params: { id: dm.id } })
    expect(answers).toMatchObject([{ agentId: agent.id, triggerId: asked.id, position: 0 }])
    gate.open()
    await socket.answersTo(asked.id)
    await socket.close()
  })

  test('WS-1.4 reasoning is streamed apart and never part of the text', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Thinker'))
    const dm = await parley().owner.dm({ agentId: agent.id })
    const socket = await parley().owner.listen(dm.id)
    parley().model.reply(say('42', { reasoning: 'let me think about SECRET-THOUGHT' }))
    const [field] = await socket.answersTo((await parley().owner.say(dm.id, 'why?')).id)
    expect(field).toMatchObject({
      content: '42',
      metadata: { answer: { reasoning: expect.stringContaining('SECRET-THOUGHT') } },
    })
    parley().model.reply(say('<think>inline SECRET-THOUGHT</think>\n\n43', { chunkSize: 2 }))
    const [inline] = await socket.answersTo((await parley().owner.say(dm.id, 'and?')).id)
    expect(inline?.content.trim()).toBe('43')
    expect(socket.journal.streamed(inline?.id ?? '')).not.toContain('SECRET')
    await socket.close()
  })

  test('WS-1.4 coalesced chunks: bytes on the wire stay near the text', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Long'))
    const dm = await parley().owner.dm({ agentId: agent.id })
    const socket = await parley().owner.listen(dm.id)
    const text = 'lorem ipsum dolor '.repeat(570).trim()
    parley().model.reply(say(text, { chunkSize: 4 }))
    const asked = await parley().owner.say(dm.id, 'long, please')
    const [answer] = await socket.answersTo(asked.id, 1, 20_000)
    expect(answer?.content).toBe(text)
    const chunks = socket.frames.filter((frame) => frame.type === 'stream_chunk')
    expect(chunks.map((frame) => JSON.stringify(frame).length).reduce((a, b) => a + b, 0)).toBeLessThan(text.length * 3)
    await socket.close()
  })
})

describe('RT-8#2 one conversation, one order', () => {
  test('RT-8#2 two messages in a row: turn 2 sees answer 1', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Sequential'))
    const dm = await parley().owner.dm({ agentId: agent.id })
    const socket = await parley().owner.listen(dm.id)
    const gate = createGate()
    const before = parley().model.completions.length
    parley().model.reply(say('ANSWER-ONE', { gate, gateAfter: 0 }), say('ANSWER-TWO'))
    const first = await parley().owner.say(dm.id, 'QUESTION-ONE')
    const second = await parley().owner.say(dm.id, 'QUESTION-TWO')
    await parley().model.completion(before)
    expect(parley().model.completions.length).toBe(before + 1)
    gate.open()
    const [one] = await socket.answersTo(first.id)
    const [two] = await socket.answersTo(second.id)
    expect([one?.content, two?.content]).toEqual(['ANSWER-ONE', 'ANSWER-TWO'])
    const text = shown(parley().model.completions[before + 1])
    expect(text).toContain('ANSWER-ONE')
    expect(text.indexOf('QUESTION-ONE')).toBeLessThan(text.indexOf('ANSWER-ONE'))
    expect(text.lastIndexOf('QUESTION-TWO')).toBeGreaterThan(text.indexOf('QUESTION-ONE'))
    expect(parley().model.completions[before + 1]?.chat.messages.at(-1)?.role).toBe('user')
    await socket.close()
  })

  test('RT-8#1 thirty questions at once are answered in order, one at a time', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Orderly'))
    const dm = await parley().owner.dm({ agentId: agent.id })
    const socket = await parley().owner.listen(dm.id)
    let running = 0
    let most = 0
    parley().model.rule(async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 8))
      running--
      return say(`answer ${parley().model.completions.length}`)
    })
    const asked = []
    for (let i = 0; i < 30; i++) asked.push(await parley().owner.say(dm.id, `question ${i}`))
    await socket.answersTo(asked.at(-1)?.id ?? '', 1, 25_000)
    const answers = (await parley().owner.history(dm.id)).filter((message) => message.agentId !== null)
    expect(answers.map((message) => message.metadata.answer?.triggerId)).toEqual(asked.map((each) => each.id))
    expect(most).toBe(1)
    await socket.close()
  })

  test('RT-8#3 conversations do not wait for each other', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Parallel'))
    const slow = await parley().owner.dm({ agentId: agent.id })
    const { client } = await parley().cast.person()
    const quick = await client.dm({ agentId: agent.id })
    const gate = createGate()
    parley().model.reply(say('slow', { gate, gateAfter: 0 }), say('quick'))
    const slowSocket = await parley().owner.listen(slow.id)
    const quickSocket = await client.listen(quick.id)
    const before = parley().model.completions.length
    const first = await parley().owner.say(slow.id, 'slow one')
    await parley().model.completion(before)
    const [answer] = await quickSocket.answersTo((await client.say(quick.id, 'quick one')).id)
    expect(answer?.content).toBe('quick')
    gate.open()
    await slowSocket.answersTo(first.id)
    await slowSocket.close()
    await quickSocket.close()
  })

  test('RT-8#7 a message that arrives during an answer stays after it in the next request', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Grouped'))
    const group = await parley().owner.group({ agentIds: [agent.id] })
    const socket = await parley().owner.listen(group.id)
    const gate = createGate()
    const before = parley().model.completions.length
    parley().model.reply(say('REPLY-ONE', { gate, gateAfter: 0 }), say('REPLY-TWO'))
    const first = await parley().owner.say(group.id, `@${agent.name} FIRST`)
    await parley().model.completion(before)
    await parley().owner.say(group.id, 'MEANWHILE')
    gate.open()
    await socket.answersTo(first.id)
    const second = await parley().owner.say(group.id, `@${agent.name} SECOND`)
    await socket.answersTo(second.id)
    const text = shown(parley().model.completions[before + 1])
    for (const part of ['FIRST', 'REPLY-ONE', 'MEANWHILE', 'SECOND']) expect(text).toContain(part)
    expect(text.indexOf('MEANWHILE')).toBeLessThan(text.indexOf('SECOND'))
    await socket.close()
  })

  test('WS-1.4 waiting answers are listed with their place, and told to subscribers', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Queued'))
    const dm = await parley().owner.dm({ agentId: agent.id })
    const socket = await parley().owner.listen(dm.id)
    const gate = createGate()
    parley().model.reply(say('1', { gate, gateAfter: 0 }))
    const asked = []
    for (let i = 0; i < 3; i++) asked.push(await parley().owner.say(dm.id, `q${i}`))
    await socket.next(
      'answers',
      (frame) => frame.data.answers.length === 3 && frame.data.answers[0]?.status === 'running',
    )
    const { answers } = await parley().owner.call(listAnswers, { params: { id: dm.id } })
    expect(answers.map(({ triggerId, status, position }) => [triggerId, status, position])).toEqual([
      [asked[0]?.id, 'running', 0],
      [asked[1]?.id, 'queued', 1],
      [asked[2]?.id, 'queued', 2],
    ])
    gate.open()
    await socket.answersTo(asked[2]?.id ?? '')
    await socket.next('answers', (frame) => frame.data.channelId === dm.id && frame.data.answers.length === 0)
    await socket.close()
  })
})

describe('stop', () => {
  test('D2 stop keeps the text so far, marks it stopped and ends the model request', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Stoppable'))
    const dm = await parley().owner.dm({ agentId: agent.id })
    const socket = await parley().owner.listen(dm.id)
    const before = parley().model.completions.length
    const gate = createGate()
    parley().model.reply(say('kept part, lost part', { chunkSize: 10, gate, gateAfter: 3 }), say('next'))
    const asked = await parley().owner.say(dm.id, 'go')
    const { messageId } = (await socket.next('stream_start')).data
    await socket.until(() => (socket.journal.streamed(messageId) ?? '').length > 0, 'text')
    const request = await parley().model.completion(before)
    expect(await parley().owner.call(stopAnswer, { params: { id: messageId } })).toEqual({ ok: true })
    const [answer] = await socket.answersTo(asked.id)
    expect(answer?.metadata.answer?.status).toBe('stopped')
    expect(answer?.content.length).toBeGreaterThan(0)
    expect('kept part, lost part'.startsWith(answer?.content ?? '?')).toBe(true)
    await request.abandoned
    expect((await parley().owner.attempt(stopAnswer, { params: { id: messageId } })).status).toBe(409)
    const next = await parley().owner.say(dm.id, 'and now?')
    expect((await socket.answersTo(next.id))[0]?.content).toBe('next')
    await socket.close()
  })

  test('D2 stopping a channel ends the running answer and drops the waiting ones', async () => {
    const agent = await parley().cast.agent(parley().cast.name('StopAll'))
    const dm = await parley().owner.dm({ agentId: agent.id })
    const socket = await parley().owner.listen(dm.id)
    const before = parley().model.completions.length
    parley().model.reply(say('partial', { chunkSize: 4, stallAfter: 2 }))
    const asked = []
    for (let i = 0; i < 4; i++) asked.push(await parley().owner.say(dm.id, `q${i}`))
    const { messageId } = (await socket.next('stream_start')).data
    await socket.until(() => (socket.journal.streamed(messageId) ?? '').length > 0, 'text')
    const reply = await parley().owner.call(stopChannel, { params: { id: dm.id } })
    expect(reply).toEqual({ ok: true, stopped: 4 })
    await socket.answersTo(asked[0]?.id ?? '')
    expect((await parley().owner.call(listAnswers, { params: { id: dm.id } })).answers).toEqual([])
    expect(parley().model.completions.length).toBe(before + 1)
    expect(await parley().owner.call(stopChannel, { params: { id: dm.id } })).toEqual({ ok: true, stopped: 0 })
    await socket.close()
  })

  test('WS-1.3 stopping what is no answer, or somebody else’s channel, is refused', async () => {
    const group = await parley().owner.group()
    const { id } = await parley().owner.say(group.id, 'plain')
    expect([400, 404, 409]).toContain((await parley().owner.attempt(stopAnswer, { params: { id } })).status)
    const { client } = await parley().cast.person('Outsider')
    expect([403, 404]).toContain((await client.attempt(stopAnswer, { params: { id } })).status)
    expect([403, 404]).toContain((await client.attempt(stopChannel, { params: { id: group.id } })).status)
  })
})

describe('retry, edit and rerun, delete', () => {
  test('WS-12 a retry writes the answer anew under the same id', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Retried'))
    const dm = await parley().owner.dm({ agentId: agent.id })
    const socket = await parley().owner.listen(dm.id)
    parley().model.reply(say('first try'), say('second try'))
    const asked = await parley().owner.say(dm.id, 'again and again')
    const [first] = (await socket.answersTo(asked.id)) as [Message]
    const since = socket.frames.length
    const before = parley().model.completions.length
    expect(await parley().owner.call(retryAnswer, { params: { id: first.id }, body: {} })).toEqual({
      ok: true,
      jobId: expect.any(String),
    })
    await socket.waitFor((frame) => frame.type === 'stream_start' && frame.data.messageId === first.id, { since })
    await socket.until(() => socket.journal.row(first.id)?.content === 'second try', 'the second try')
    const history = await parley().owner.history(dm.id)
    expect(history.filter((message) => message.agentId !== null)).toHaveLength(1)
    expect(history.at(-1)).toMatchObject({ id: first.id, seq: first.seq, content: 'second try' })
    expect(shown(parley().model.completions[before])).not.toContain('first try')
    await socket.close()
  })

  test('WS-1.3 retrying a running answer is 409; a message that is none is refused', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Busy'))
    const dm = await parley().owner.dm({ agentId: agent.id })
    const socket = await parley().owner.listen(dm.id)
    const gate = createGate()
    parley().model.reply(say('ab', { chunkSize: 1, gate }))
    const asked = await parley().owner.say(dm.id, 'hold')
    const { messageId } = (await socket.next('stream_start')).data
    expect((await parley().owner.attempt(retryAnswer, { params: { id: messageId }, body: {} })).status).toBe(409)
    expect([400, 404, 409]).toContain(
      (await parley().owner.attempt(retryAnswer, { params: { id: asked.id }, body: {} })).status,
    )
    gate.open()
    await socket.answersTo(asked.id)
    await socket.close()
  })

  test('WS-12 an edit with rerun answers the new text in place', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Rerun'))
    const dm = await parley().owner.dm({ agentId: agent.id })
    const socket = await parley().owner.listen(dm.id)
    parley().model.reply(say('about cats'), say('about dogs'))
    const asked = await parley().owner.say(dm.id, 'tell me about cats')
    const [first] = (await socket.answersTo(asked.id)) as [Message]
    const before = parley().model.completions.length
    await parley().owner.call(editMessage, {
      params: { id: asked.id },
      body: { content: 'tell me about dogs', rerun: true },
    })
    await socket.until(() => socket.journal.row(first.id)?.content === 'about dogs', 'the new answer')
    const history = await parley().owner.history(dm.id)
    expect(history.map((message) => message.content)).toEqual(['tell me about dogs', 'about dogs'])
    const text = shown(parley().model.completions[before])
    expect(text).toContain('dogs')
    expect(text).not.toContain('cats')
    await socket.close()
  })

  test('WS-12 an edit without rerun asks nobody', async () => {
    const agent = await parley().cast.agent(parley().cast.name('NoRerun'))
    const dm = await parley().owner.dm({ agentId: agent.id })
    const socket = await parley().owner.listen(dm.id)
    const asked = await parley().owner.say(dm.id, 'first')
    await socket.answersTo(asked.id)
    const before = parley().model.completions.length
    await parley().owner.call(editMessage, { params: { id: asked.id }, body: { content: 'changed' } })
    const control = await parley().owner.say(dm.id, 'control')
    await socket.answersTo(control.id)
    expect(parley().model.completions.length).toBe(before + 1)
    await socket.close()
  })

  test('WS-4#37 a deleted message is not shown to the model again', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Forgetful'))
    const dm = await parley().owner.dm({ agentId: agent.id })
    const socket = await parley().owner.listen(dm.id)
    const first = await parley().owner.say(dm.id, 'my PIN is 1234')
    await socket.answersTo(first.id)
    await parley().owner.call(deleteMessage, { params: { id: first.id } })
    const before = parley().model.completions.length
    await socket.answersTo((await parley().owner.say(dm.id, 'what do you know?')).id)
    expect(shown(parley().model.completions[before])).not.toContain('my PIN is')
    await socket.close()
  })

  test('WS-4#37 deleting the question while it waits cancels its answer', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Cancelled'))
    const dm = await parley().owner.dm({ agentId: agent.id })
    const socket = await parley().owner.listen(dm.id)
    const gate = createGate()
    const before = parley().model.completions.length
    parley().model.reply(say('one', { gate, gateAfter: 0 }), say('three'))
    const first = await parley().owner.say(dm.id, 'one')
    const second = await parley().owner.say(dm.id, 'two')
    const third = await parley().owner.say(dm.id, 'three')
    await parley().model.completion(before)
    await parley().owner.call(deleteMessage, { params: { id: second.id } })
    gate.open()
    await socket.answersTo(first.id)
    expect((await socket.answersTo(third.id))[0]?.content).toBe('three')
    expect(parley().model.completions.length).toBe(before + 2)
    await socket.close()
  })

  test('WS-4#37 a failed answer can be retried into a good one', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Recovering'))
    const dm = await parley().owner.dm({ agentId: agent.id })
    const socket = await parley().owner.listen(dm.id)
    parley().model.reply(failures.unauthorized())
    const asked = await parley().owner.say(dm.id, 'try')
    const [failed] = (await socket.answersTo(asked.id)) as [Message]
    expect(failed.metadata.answer).toMatchObject({ status: 'failed', failure: { class: 'auth' } })
    parley().model.reply(say('better now'))
    await parley().owner.call(retryAnswer, { params: { id: failed.id }, body: {} })
    await socket.until(() => socket.journal.row(failed.id)?.content === 'better now', 'the retried answer')
    expect(socket.journal.row(failed.id)?.metadata.answer).toMatchObject({ status: 'done' })
    expect(socket.journal.row(failed.id)?.metadata.answer?.failure).toBeUndefined()
    await socket.close()
  })
})
