import type { AgentDetail, Message } from '@parley/protocol/workspace'
import { lastUserText, type RecordedRequest, say, textOf } from '@parley/testkit'
import { describe, expect, test } from 'vitest'
import { useParley } from './use-parley.ts'

const parley = useParley()

/** Which agent a request is for: personas carry a marker. */
const persona = (request: RecordedRequest): string =>
  /PERSONA\[([^\]]+)\]/.exec(textOf(request.chat.messages[0]))?.[1] ?? ''
const soul = (key: string): string => `PERSONA[${key}]`

async function answerAuthors(channelId: string, triggerId: string, count: number): Promise<(string | null)[]> {
  const socket = await parley().owner.socket()
  await socket.auth()
  await socket.subscribe(channelId, { after: 0 })
  const answers = count === 0 ? [] : await socket.answersTo(triggerId, count)
  await socket.close()
  return answers.map((answer) => answer.agentId)
}

/** Says something nobody but a control agent answers, and waits: proves that earlier messages were left alone. */
async function answersAfterControl(channelId: string, controlName: string): Promise<Message[]> {
  const control = await parley().owner.say(channelId, `@${controlName} control`)
  await answerAuthors(channelId, control.id, 1)
  return (await parley().owner.history(channelId)).filter(
    (message) => message.agentId !== null && message.metadata.answer?.triggerId !== control.id,
  )
}

describe('WS-1.2#4 who answers', () => {
  test('WS-1.2#4 names with spaces, Chinese names, aliases and ids are found; case does not matter', async () => {
    const cast = parley().cast
    const spaced = await cast.agent('Code assistant', { soul: soul('spaced') })
    const chinese = await cast.agent('诗人助手', { soul: soul('chinese'), aliases: ['Poet Laureate'] })
    const byId = await cast.agent('Ünïcode Ødd', { id: 'agent-by-id', soul: soul('id') })
    const group = await parley().owner.group({ agentIds: [spaced.id, chinese.id, byId.id] })
    const cases: [string, string][] = [
      ['@Code assistant hello', spaced.id],
      ['hey @code ASSISTANT, look', spaced.id],
      ['@诗人助手 写一首诗', chinese.id],
      ['请@诗人助手帮我', chinese.id],
      ['@poet laureate: a poem', chinese.id],
      ['@agent-by-id ping', byId.id],
      ['(@ÜNÏCODE ØDD)', byId.id],
    ]
    for (const [text, expected] of cases) {
      const { id } = await parley().owner.say(group.id, text)
      expect(await answerAuthors(group.id, id, 1), text).toEqual([expected])
    }
  })

  test('WS-1.2#4 the longest name wins', async () => {
    const short = await parley().cast.agent('Ann', { soul: soul('short') })
    const long = await parley().cast.agent('Ann Lee', { soul: soul('long') })
    const group = await parley().owner.group({ agentIds: [short.id, long.id] })
    const both = await parley().owner.say(group.id, '@Ann Lee and @Ann, hello')
    expect(await answerAuthors(group.id, both.id, 2)).toEqual([long.id, short.id])
    const one = await parley().owner.say(group.id, '@Ann Lee hello')
    expect(await answerAuthors(group.id, one.id, 1)).toEqual([long.id])
  })

  test('WS-1.2#4 several mentions answer in order of mention, each once', async () => {
    const names = ['Zeta', 'Alpha', 'Mid'].map((base) => parley().cast.name(base))
    const agents: AgentDetail[] = []
    for (const name of names) agents.push(await parley().cast.agent(name, { soul: soul(name) }))
    const group = await parley().owner.group({ agentIds: agents.map((agent) => agent.id) })
    const { id } = await parley().owner.say(group.id, `@${names[0]} @${names[2]} @${names[1]} and again @${names[0]}`)
    expect(await answerAuthors(group.id, id, 3)).toEqual([agents[0]?.id, agents[2]?.id, agents[1]?.id])
    const answers = await answersAfterControl(group.id, names[0] as string)
    expect(answers).toHaveLength(3)
  })

  test('RT-8#2 a later answer of the same message sees the earlier ones', async () => {
    const first = await parley().cast.agent(parley().cast.name('One'), { soul: soul('one') })
    const second = await parley().cast.agent(parley().cast.name('Two'), { soul: soul('two') })
    const group = await parley().owner.group({ agentIds: [first.id, second.id] })
    const before = parley().model.completions.length
    parley().model.reply(say('FIRST-REPLY'), say('SECOND-REPLY'))
    const { id } = await parley().owner.say(group.id, `@${first.name} @${second.name} speak`)
    await answerAuthors(group.id, id, 2)
    const request = parley().model.completions[before + 1]
    expect(request && persona(request)).toBe('two')
    expect((request?.chat.messages ?? []).map(textOf).join('\n')).toContain('FIRST-REPLY')
  })

  test.each(['@all', '@所有人', '@全体成员', '@ALL'])('WS-4#3 %s asks every agent of the group', async (word) => {
    const agents = [
      await parley().cast.agent(parley().cast.name('Every')),
      await parley().cast.agent(parley().cast.name('Body')),
    ]
    const outsider = await parley().cast.agent(parley().cast.name('Outside'))
    const group = await parley().owner.group({ agentIds: agents.map((agent) => agent.id) })
    const { id } = await parley().owner.say(group.id, `${word} good morning`)
    const authors = await answerAuthors(group.id, id, 2)
    expect(authors.toSorted()).toEqual(agents.map((agent) => agent.id).toSorted())
    expect(authors).not.toContain(outsider.id)
  })

  test('WS-4#3 without a mention the leader answers, without a leader nobody', async () => {
    const leader = await parley().cast.agent(parley().cast.name('Lead'))
    const other = await parley().cast.agent(parley().cast.name('Other'))
    const led = await parley().owner.group({ agentIds: [other.id, leader.id], leaderAgentId: leader.id })
    const plain = await parley().owner.say(led.id, 'good morning')
    expect(await answerAuthors(led.id, plain.id, 1)).toEqual([leader.id])
    const free = await parley().owner.group({ agentIds: [other.id, leader.id] })
    await parley().owner.say(free.id, 'good morning')
    expect(await answersAfterControl(free.id, other.name)).toEqual([])
  })

  test('WS-4#37 a reply to an agent’s message asks that agent', async () => {
    const a = await parley().cast.agent(parley().cast.name('Quoted'))
    const b = await parley().cast.agent(parley().cast.name('Leader'))
    const group = await parley().owner.group({ agentIds: [a.id, b.id], leaderAgentId: b.id })
    const asked = await parley().owner.say(group.id, `@${a.name} say something`)
    await answerAuthors(group.id, asked.id, 1)
    const answer = (await parley().owner.history(group.id)).find((message) => message.agentId === a.id)
    const { id } = await parley().owner.say(group.id, 'go on', { replyTo: answer?.id ?? '' })
    expect(await answerAuthors(group.id, id, 1)).toEqual([a.id])
  })

  test('WS-1.2#4 an address, a fraction of a name and a non-member are no mentions', async () => {
    const agent = await parley().cast.agent('Marker')
    const outsider = await parley().cast.agent(parley().cast.name('Elsewhere'))
    const control = await parley().cast.agent(parley().cast.name('Control'))
    const group = await parley().owner.group({ agentIds: [agent.id, control.id] })
    for (const text of [
      'mail me: someone@marker.example',
      '@Markers are pens',
      `@${outsider.name} hi`,
      '@ Marker',
      'Marker',
    ]) {
      await parley().owner.say(group.id, text)
    }
    expect(await answersAfterControl(group.id, control.name)).toEqual([])
  })

  test('WS-1.2#4 the stored message names who was mentioned', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Named'))
    const { user } = await parley().cast.person('Reader')
    const group = await parley().owner.group({ agentIds: [agent.id], userIds: [user.id] })
    const { id } = await parley().owner.say(group.id, `@${agent.name} and @${user.name}`)
    const message = (await parley().owner.history(group.id)).find((each) => each.id === id)
    expect(message?.metadata.mentions?.toSorted()).toEqual([agent.id, user.id].toSorted())
    await answerAuthors(group.id, id, 1)
  })
})

describe('WS-4#4 agents speak to agents', () => {
  test('WS-4#4 an answer that mentions a colleague makes the colleague answer', async () => {
    const writer = await parley().cast.agent(parley().cast.name('Writer'), { soul: soul('writer') })
    const editor = await parley().cast.agent(parley().cast.name('Editor'), { soul: soul('editor') })
    const group = await parley().owner.group({ agentIds: [writer.id, editor.id] })
    parley().model.rule((request) =>
      persona(request) === 'writer' ? say(`A draft. @${editor.name} please check`) : say('Looks fine'),
    )
    const asked = await parley().owner.say(group.id, `@${writer.name} write`)
    await answerAuthors(group.id, asked.id, 1)
    const draft = (await parley().owner.history(group.id)).find((message) => message.agentId === writer.id)
    expect(await answerAuthors(group.id, draft?.id ?? '', 1)).toEqual([editor.id])
    const check = (await parley().owner.history(group.id)).find((message) => message.agentId === editor.id)
    expect(check?.metadata.answer).toMatchObject({ calledBy: writer.id, hops: 1, triggerId: draft?.id })
    const request = parley().model.completions.findLast((each) => persona(each) === 'editor')
    expect((request?.chat.messages ?? []).map(textOf).join('\n')).toContain('A draft.')
  })

  test('WS-4#4 an agent that names itself does not answer itself', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Narcissus'), { soul: soul('self') })
    const group = await parley().owner.group({ agentIds: [agent.id] })
    parley().model.rule((request) => (persona(request) === 'self' ? say(`I, @${agent.name}, have spoken`) : undefined))
    await parley().owner.say(group.id, `@${agent.name} speak`)
    const control = await answersAfterControl(group.id, agent.name)
    expect(control).toHaveLength(1)
  })

  test('WS-12 two agents that only ever call each other are stopped with a visible notice', async () => {
    const ping = await parley().cast.agent(parley().cast.name('Ping'), { soul: soul('ping') })
    const pong = await parley().cast.agent(parley().cast.name('Pong'), { soul: soul('pong') })
    const group = await parley().owner.group({ agentIds: [ping.id, pong.id] })
    const socket = await parley().owner.listen(group.id)
    let calls = 0
    parley().model.rule((request) => {
      calls++
      return persona(request) === 'ping' ? say(`@${pong.name} your turn`) : say(`@${ping.name} your turn`)
    })
    await parley().owner.say(group.id, `@${ping.name} start`)
    const frame = await socket.next('message', (each) => each.data.metadata.notice !== undefined, { timeout: 20_000 })
    expect(frame.data).toMatchObject({
      agentId: null,
      userId: null,
      content: expect.stringMatching(/\S/),
      metadata: { notice: { code: expect.any(String) } },
    })
    const settled = calls
    expect(settled).toBeLessThanOrEqual(8)
    expect(settled).toBeGreaterThanOrEqual(3)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(calls).toBe(settled)
    const notices = (await parley().owner.history(group.id)).filter((message) => message.metadata.notice !== undefined)
    expect(notices).toHaveLength(1)
    parley().model.clear()
    const again = await parley().owner.say(group.id, `@${ping.name} calm down`)
    expect(await answerAuthors(group.id, again.id, 1)).toEqual([ping.id])
    await socket.close()
  })

  test('WS-12 a chain through many agents ends at the hop limit with a notice', async () => {
    const agents: AgentDetail[] = []
    for (let i = 0; i < 10; i++)
      agents.push(await parley().cast.agent(parley().cast.name('Link'), { soul: soul(`link${i}`) }))
    const group = await parley().owner.group({ agentIds: agents.map((agent) => agent.id) })
    const socket = await parley().owner.listen(group.id)
    parley().model.rule((request) => {
      const index = Number(/link(\d+)/.exec(persona(request))?.[1])
      return say(`over to @${agents[index + 1]?.name ?? 'nobody'}`)
    })
    await parley().owner.say(group.id, `@${agents[0]?.name} pass it on`)
    await socket.next('message', (each) => each.data.metadata.notice !== undefined, { timeout: 20_000 })
    const hops = (await parley().owner.history(group.id)).flatMap((message) =>
      message.metadata.answer?.hops === undefined ? [] : [message.metadata.answer.hops],
    )
    expect(Math.max(...hops)).toBe(6)
    await socket.close()
  })

  test('WS-4#4 a mention in a failed or stopped answer calls nobody', async () => {
    const a = await parley().cast.agent(parley().cast.name('Broken'), { soul: soul('broken') })
    const b = await parley().cast.agent(parley().cast.name('Bystander'), { soul: soul('bystander') })
    const group = await parley().owner.group({ agentIds: [a.id, b.id] })
    parley().model.rule((request) =>
      persona(request) === 'broken'
        ? say(`@${b.name} help me`, { errorChunk: { error: { message: 'boom' } } })
        : undefined,
    )
    const asked = await parley().owner.say(group.id, `@${a.name} go`)
    await answerAuthors(group.id, asked.id, 1)
    const control = await parley().owner.say(group.id, `@${b.name} control`)
    await answerAuthors(group.id, control.id, 1)
    const byB = (await parley().owner.history(group.id)).filter((message) => message.agentId === b.id)
    expect(byB).toHaveLength(1)
    expect(lastUserText(parley().model.completions.at(-1) as RecordedRequest)).toContain('control')
  })
})

describe('groups in the eyes of the model', () => {
  test('WS-12 messages of several speakers are told apart', async () => {
    const agent = await parley().cast.agent(parley().cast.name('Listener'))
    const { client, user } = await parley().cast.person('Berta')
    const group = await parley().owner.group({ agentIds: [agent.id], userIds: [user.id] })
    await client.say(group.id, 'I like apples')
    const asked = await parley().owner.say(group.id, `@${agent.name} who likes apples?`)
    await answerAuthors(group.id, asked.id, 1)
    const text = (parley().model.completions.at(-1)?.chat.messages ?? []).map(textOf).join('\n')
    expect(text).toContain('I like apples')
    expect(text).toContain(user.name)
  })
})
