import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  createAgent,
  deleteAgent,
  getAgent,
  getSoul,
  listMembers,
  putSoul,
  updateAgent,
} from '@parley/protocol/workspace'
import { lastUserText, say, textOf } from '@parley/testkit'
import { describe, expect, test } from 'vitest'
import { useParley } from './use-parley.ts'

const parley = useParley()

describe('WS-1.2#5 the list', () => {
  test('WS-1.2#5 has the five built-in agents, each with every documented field', async () => {
    const agents = await parley().owner.agents()
    expect(agents.filter((agent) => agent.builtin).length).toBeGreaterThanOrEqual(5)
    for (const agent of agents) {
      expect(agent).toMatchObject({
        id: expect.any(String),
        name: expect.stringMatching(/\S/),
        avatar: expect.stringMatching(/\S/),
        description: expect.any(String),
        model: expect.any(String),
        tools: expect.any(Array),
        status: 'online',
      })
      expect(agent).not.toHaveProperty('soul')
    }
  })

  test('WS-4#50 every built-in agent comes with a persona', async () => {
    for (const agent of (await parley().owner.agents()).filter((each) => each.builtin)) {
      const { soul } = await parley().owner.call(getAgent, { params: { id: agent.id } })
      expect(soul.length, agent.id).toBeGreaterThan(100)
    }
  })
})

describe('WS-1.2#6 one agent', () => {
  test('WS-1.2#6 has the list fields at the top level and its SOUL.md text', async () => {
    const made = await parley().cast.agent(parley().cast.name('Reader'), { soul: 'You read.\n\nSlowly. 你好' })
    const raw = await parley().owner.request('GET', `/api/agents/${made.id}`)
    expect(raw.json).toMatchObject({ id: made.id, name: made.name, soul: 'You read.\n\nSlowly. 你好' })
    expect(await parley().owner.call(getSoul, { params: { id: made.id } })).toEqual({
      content: 'You read.\n\nSlowly. 你好',
    })
  })

  test('WS-11.1#3 a guest sees the list but no persona', async () => {
    const { client } = await parley().cast.person('Guest', 'guest')
    const [agent] = await client.agents()
    expect((await client.attempt(getAgent, { params: { id: agent?.id ?? '' } })).status).toBe(403)
    expect((await client.attempt(getSoul, { params: { id: agent?.id ?? '' } })).status).toBe(403)
  })
})

describe('WS-1.2#8 create', () => {
  test('WS-1.2#8 answers ok, id and agent; the persona is the documented file', async () => {
    const name = parley().cast.name('Fresh agent ')
    const reply = await parley().owner.call(createAgent, {
      body: { name, avatar: '🦐', description: 'does things', model: '', tools: [], soul: 'I am fresh.' },
    })
    expect(reply.ok).toBe(true)
    expect(reply.agent).toMatchObject({
      id: reply.id,
      name,
      avatar: '🦐',
      soul: 'I am fresh.',
      status: 'online',
      builtin: false,
    })
    const file = join(parley().dataDirectory, `workspace-${reply.id}`, 'SOUL.md')
    expect(await readFile(file, 'utf8')).toBe('I am fresh.')
  })

  test('WS-1.2#8 takes the given id once; a repeat answers 409 and changes nothing', async () => {
    const id = parley().cast.name('fixed-id-')
    await parley().cast.agent(parley().cast.name('First'), { id, soul: 'first' })
    const again = await parley().owner.attempt(createAgent, {
      body: { name: parley().cast.name('Second'), id, soul: 'second' },
    })
    expect(again.status).toBe(409)
    expect((await parley().owner.call(getAgent, { params: { id } })).soul).toBe('first')
  })

  test('WS-1.2#8 a name in use answers 409, whatever its case', async () => {
    const name = parley().cast.name('Taken')
    await parley().cast.agent(name)
    expect((await parley().owner.attempt(createAgent, { body: { name: name.toUpperCase() } })).status).toBe(409)
  })

  test.each([
    ['no name', {}],
    ['an empty name', { name: '' }],
    ['a blank name', { name: '   ' }],
    ['a name with a line break', { name: 'a\nb' }],
    ['a name with an @', { name: 'a@b' }],
    ['a name too long', { name: 'x'.repeat(49) }],
    ['an id that climbs folders', { name: 'ok', id: '../../etc' }],
    ['an id with a slash', { name: 'ok', id: 'a/b' }],
    ['tools that are no list', { name: 'ok', tools: 'web_search' }],
    ['a soul too long', { name: 'ok', soul: 'x'.repeat(64_001) }],
  ])('WS-1.3 %s answers 400 and creates nothing', async (_, body) => {
    const before = (await parley().owner.agents()).length
    const reply = await parley().owner.request('POST', '/api/agents', { body })
    expect(reply.status).toBe(400)
    expect(reply.json).toMatchObject({ error: expect.any(String) })
    expect((await parley().owner.agents()).length).toBe(before)
  })
})

describe('WS-1.2#7 update', () => {
  test('WS-1.2#7 is partial: what is not named stays', async () => {
    const made = await parley().cast.agent(parley().cast.name('Partial'), { description: 'kept', soul: 'kept too' })
    const reply = await parley().owner.call(updateAgent, { params: { id: made.id }, body: { avatar: '🐙' } })
    expect(reply.ok).toBe(true)
    expect(reply.agent).toEqual({ ...made, avatar: '🐙' })
    expect(await parley().owner.call(getAgent, { params: { id: made.id } })).toEqual({ ...made, avatar: '🐙' })
  })

  test('WS-1.2#7 two updates at once both hold, or one is told 409', async () => {
    const made = await parley().cast.agent(parley().cast.name('Raced'))
    const replies = await Promise.all([
      parley().owner.attempt(updateAgent, { params: { id: made.id }, body: { avatar: '🅰️' } }),
      parley().owner.attempt(updateAgent, { params: { id: made.id }, body: { description: 'B' } }),
    ])
    const now = await parley().owner.call(getAgent, { params: { id: made.id } })
    expect([200, 409]).toContain(replies[0]?.status)
    expect([200, 409]).toContain(replies[1]?.status)
    if (replies[0]?.status === 200) expect(now.avatar).toBe('🅰️')
    if (replies[1]?.status === 200) expect(now.description).toBe('B')
  })

  test('WS-4#48 a changed persona reaches the next answer', async () => {
    const made = await parley().cast.agent(parley().cast.name('Shifting'), { soul: 'PERSONA-ONE' })
    const dm = await parley().owner.dm({ agentId: made.id })
    const socket = await parley().owner.listen(dm.id)
    await socket.answersTo((await parley().owner.say(dm.id, 'one')).id)
    await parley().owner.call(putSoul, { params: { id: made.id }, body: { content: 'PERSONA-TWO' } })
    await socket.answersTo((await parley().owner.say(dm.id, 'two')).id)
    const requests = parley().model.completions.filter((request) =>
      ['one', 'two'].some((t) => lastUserText(request).includes(t)),
    )
    const systems = requests.slice(-2).map((request) => textOf(request.chat.messages[0]))
    expect(systems[0]).toContain('PERSONA-ONE')
    expect(systems[1]).toContain('PERSONA-TWO')
    expect(systems[1]).not.toContain('PERSONA-ONE')
    await socket.close()
  })

  test('WS-4#50 a disabled agent answers nobody and is shown as disabled', async () => {
    const made = await parley().cast.agent(parley().cast.name('Silent'))
    const group = await parley().owner.group({ agentIds: [made.id] })
    await parley().owner.call(updateAgent, { params: { id: made.id }, body: { disabled: true } })
    expect((await parley().owner.agents()).find((agent) => agent.id === made.id)?.status).toBe('disabled')
    const before = parley().model.completions.length
    await parley().owner.say(group.id, `@${made.name} are you there?`)
    const other = await parley().cast.agent(parley().cast.name('Talker'))
    const dm = await parley().owner.dm({ agentId: other.id })
    const socket = await parley().owner.listen(dm.id)
    parley().model.reply(say('here'))
    await socket.answersTo((await parley().owner.say(dm.id, 'hello')).id)
    expect(parley().model.completions.length).toBe(before + 1)
    await socket.close()
  })
})

describe('delete', () => {
  test('WS-4#1 a deleted agent leaves its channels and lists; what it wrote stays readable', async () => {
    const made = await parley().cast.agent(parley().cast.name('Leaver'), { soul: 'bye' })
    const group = await parley().owner.group({ agentIds: [made.id] })
    const socket = await parley().owner.listen(group.id)
    parley().model.reply(say('my last words'))
    await socket.answersTo((await parley().owner.say(group.id, `@${made.name} speak`)).id)
    expect(await parley().owner.call(deleteAgent, { params: { id: made.id } })).toEqual({ ok: true })
    expect((await parley().owner.attempt(getAgent, { params: { id: made.id } })).status).toBe(404)
    expect((await parley().owner.agents()).some((agent) => agent.id === made.id)).toBe(false)
    const { members } = await parley().owner.call(listMembers, { params: { id: group.id } })
    expect(members.some((member) => member.id === made.id)).toBe(false)
    expect((await parley().owner.history(group.id)).map((message) => message.content)).toContain('my last words')
    expect(existsSync(join(parley().dataDirectory, `workspace-${made.id}`, 'SOUL.md'))).toBe(false)
    await socket.close()
  })
})
