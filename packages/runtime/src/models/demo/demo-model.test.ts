import { describe, expect, test } from 'vitest'
import { harness } from '../../testing/harness.ts'
import { agentMember, agentProfile, person, SeatDouble, said, turnFor } from '../../testing/seat-double.ts'

async function ask(text: string, tools: readonly string[] = []) {
  await using host = harness({ defaultModel: '' })
  const seat = new SeatDouble({
    agents: [agentProfile('agent_a', { model: '', tools })],
    messages: [said('user_1', text)],
  })
  return { outcome: await host.answer(seat), seat }
}

describe('demo model', () => {
  test.each([
    ['你好', /演示模型，没有智能/, /设置 → 模型/],
    ['Hello there', /demo model: I have no intelligence/, /Settings → Models/],
  ])('%s: says in the language of the question what it is and how to connect a real one', async (text, is, how) => {
    const { outcome, seat } = await ask(text)
    expect(outcome).toMatchObject({ status: 'done', model: 'demo/parley-guide' })
    for (const part of [is, how, /LM Studio/, /Ollama/, /OpenAI/]) expect(outcome.text).toMatch(part)
    expect(seat.shown.text.trim()).toBe(outcome.text)
  })

  test('shows a list and a code block when asked for an example', async () => {
    for (const text of ['给我一个示例', 'Show me some code']) {
      const { outcome } = await ask(text)
      expect(outcome.text).toMatch(/^1\. /m)
      expect(outcome.text).toMatch(/^```ts$/m)
    }
  })

  test.each(['现在几点了？', 'What time is it?'])(
    '%s: calls current_time so that the timeline shows it',
    async (text) => {
      const { outcome } = await ask(text, ['current_time'])
      expect(outcome.tools).toMatchObject([{ toolName: 'current_time', status: 'completed' }])
      expect(outcome.text).toContain(outcome.tools[0]!.result!)
    },
  )

  test('without the tool it says so instead of inventing a time', async () => {
    const { outcome } = await ask('What time is it?')
    expect(outcome.tools).toEqual([])
    expect(outcome.text).toContain('not granted')
  })

  test('acknowledges the question without mentioning or formatting anything from it', async () => {
    const { outcome } = await ask('@编辑 please `fix` **this** [x](y) ' + 'long '.repeat(40))
    expect(outcome.text).toMatch(/编辑 please fix this/)
    expect(outcome.text).not.toContain('@')
    expect(outcome.text).toContain('…”')
  })

  test('in a group it reads the message without its label', async () => {
    await using host = harness({ defaultModel: '' })
    const seat = new SeatDouble({
      agents: [agentProfile('agent_a', { model: '' })],
      conversation: { kind: 'group', members: [person('user_1', 'Ann'), agentMember('agent_a', 'Butler')] },
      messages: [said('user_1', '早上吃什么'), said('user_1', 'hello butler')],
    })
    const outcome = await host.answer(seat)
    expect(outcome.text).toMatch(/^Hello!/)
    expect(outcome.text).not.toContain('user_1')
  })

  test('can be stopped', async () => {
    await using host = harness({ defaultModel: '' })
    const seat = new SeatDouble({ agents: [agentProfile('agent_a', { model: '' })] })
    const { turn, controller } = turnFor(seat)
    host.source.add(turn)
    await seat.until((shown) => shown.text.length > 10)
    controller.abort('stopped')
    expect(await seat.ended).toMatchObject({ status: 'stopped' })
  })

  test('the second of two agents asked at once answers the person, not the colleague who was faster', async () => {
    await using host = harness({ defaultModel: '' })
    const seat = new SeatDouble({
      agents: [agentProfile('agent_a', { model: '' }), agentProfile('agent_b', { model: '' })],
      conversation: {
        kind: 'group',
        members: [person('user_1', 'Ann'), agentMember('agent_a'), agentMember('agent_b')],
      },
      messages: [said('user_1', 'Where is the “blue” cup?'), said('agent_b', 'What time is it? I do not know.')],
    })
    const outcome = await host.answer(seat, { triggerId: seat.messages[0]!.id })
    expect(outcome.text).toContain('Where is the “blue” cup?')
    expect(outcome.text).not.toContain('I do not know')
  })
})
