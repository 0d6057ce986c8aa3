import { beforeEach, describe, expect, it } from 'vitest'
import { builtins, createWorkspace, type Workspace } from '../../test/workspace.ts'
import type { Caller } from '../identity/caller.ts'
import { seedWorkspace } from './seed-workspace.ts'

describe('Agents', () => {
  let workspace: Workspace
  let admin: Caller
  beforeEach(async () => {
    workspace = await createWorkspace()
    admin = await workspace.person('Adi', 'admin')
  })

  it('creates an agent with its persona', async () => {
    const bell = workspace.bellsOf('agents')
    const agent = await workspace.agents.create(admin, {
      name: ' Poet ',
      description: 'Rhymes.',
      tools: ['web_search', 'web_search'],
      aliases: ['Bard'],
      soul: 'You rhyme.',
    })
    expect(agent).toMatchObject({
      name: 'Poet',
      tools: ['web_search'],
      aliases: ['Bard'],
      soul: 'You rhyme.',
      builtin: false,
      disabled: false,
    })
    expect(agent.id).toMatch(/^agent_/)
    expect(await workspace.agents.get(admin, agent.id)).toEqual(agent)
    expect(bell.count).toBe(1)
  })

  it('refuses the id of a person: the agent would take their place in every channel', async () => {
    const ann = await workspace.person('Ann')
    const { id } = await workspace.channels.create(ann, { type: 'group', name: 'Team' })
    const taken = workspace.agents.create(admin, { id: ann.userId, name: 'Poet' })
    await expect(taken).rejects.toMatchObject({ code: 'name_taken' })
    await expect(workspace.agents.delete(admin, ann.userId)).rejects.toMatchObject({ code: 'agent_not_found' })
    expect(await workspace.channels.idsFor(ann)).toEqual([id])
  })

  it('changes what is given and leaves the rest', async () => {
    const { id } = await workspace.agents.create(admin, { id: 'poet', name: 'Poet', soul: 'You rhyme.' })
    const changed = await workspace.agents.update(admin, id, { model: ' demo/echo ', disabled: true })
    expect(changed).toMatchObject({ name: 'Poet', model: 'demo/echo', disabled: true, soul: 'You rhyme.' })
    await workspace.agents.writeSoul(admin, id, 'You sing.')
    expect(await workspace.agents.soul(admin, id)).toBe('You sing.')
  })

  it('keeps all of several changes at the same time', async () => {
    await workspace.agents.create(admin, { id: 'poet', name: 'Poet' })
    await Promise.all([
      workspace.agents.update(admin, 'poet', { model: 'demo/echo' }),
      workspace.agents.update(admin, 'poet', { description: 'Rhymes.' }),
      workspace.agents.update(admin, 'poet', { avatar: '🎻' }),
    ])
    const after = await workspace.agents.get(admin, 'poet')
    expect(after).toMatchObject({ model: 'demo/echo', description: 'Rhymes.', avatar: '🎻', version: 4 })
  })

  it('refuses names and ids that are taken', async () => {
    await workspace.agents.create(admin, { id: 'poet', name: 'Poet', aliases: ['Bard'] })
    const taken = { code: 'name_taken', kind: 'conflict' }
    const { agents } = workspace
    for (const name of ['poet', 'BARD', 'Adi', 'all']) {
      await expect(agents.create(admin, { name })).rejects.toMatchObject(taken)
    }
    await expect(agents.create(admin, { name: 'X', aliases: ['Adi'] })).rejects.toMatchObject(taken)
    await expect(agents.create(admin, { id: 'POET', name: 'Y' })).rejects.toMatchObject({ code: 'id_taken' })
    const other = await agents.create(admin, { name: 'Other' })
    await expect(agents.update(admin, other.id, { name: 'Poet' })).rejects.toMatchObject(taken)
    expect((await agents.update(admin, 'poet', { name: 'POET' })).name).toBe('POET')
    expect(await agents.list(admin)).toHaveLength(2)
  })

  it('refuses what is too long or malformed and writes nothing', async () => {
    const { agents } = workspace
    const invalid = { code: 'invalid_agent', kind: 'invalid' }
    await expect(agents.create(admin, { name: 'X', soul: 'x'.repeat(64_001) })).rejects.toMatchObject(invalid)
    await expect(agents.create(admin, { name: 'X', id: '../x' })).rejects.toMatchObject(invalid)
    await expect(agents.create(admin, { name: 'X', description: 'x'.repeat(501) })).rejects.toMatchObject(invalid)
    const aliases = Array.from({ length: 11 }, (_, index) => `a${index}`)
    await expect(agents.create(admin, { name: 'X', aliases })).rejects.toMatchObject(invalid)
    await expect(agents.create(admin, { name: 'a@b' })).rejects.toMatchObject({ code: 'invalid_name' })
    expect(await agents.list(admin)).toEqual([])
    expect(workspace.souls.texts.size).toBe(0)
  })

  it('is run by admins; members read, guests see the list', async () => {
    await workspace.agents.create(admin, { id: 'poet', name: 'Poet', soul: 'secret' })
    const ann = await workspace.person('Ann')
    const gus = await workspace.person('Gus', 'guest')
    const { agents } = workspace
    const forbidden = { code: 'forbidden' }
    for (const caller of [ann, gus]) {
      await expect(agents.create(caller, { name: 'X' })).rejects.toMatchObject(forbidden)
      await expect(agents.update(caller, 'poet', { name: 'X' })).rejects.toMatchObject(forbidden)
      await expect(agents.writeSoul(caller, 'poet', 'X')).rejects.toMatchObject(forbidden)
      await expect(agents.delete(caller, 'poet')).rejects.toMatchObject(forbidden)
      expect(await agents.list(caller)).toHaveLength(1)
    }
    expect((await agents.get(ann, 'poet')).soul).toBe('secret')
    await expect(agents.get(gus, 'poet')).rejects.toMatchObject(forbidden)
    await expect(agents.get(ann, 'nobody')).rejects.toMatchObject({ code: 'agent_not_found' })
  })

  it('goes with its persona, out of its channels, as leader too', async () => {
    await workspace.agents.create(admin, { id: 'poet', name: 'Poet', soul: 'x' })
    const fields = { type: 'group', name: 'Team', agentIds: ['poet'], leaderAgentId: 'poet' } as const
    const channel = await workspace.channels.create(admin, fields)
    await workspace.agents.delete(admin, 'poet')
    expect(await workspace.channels.get(admin, channel.id)).toMatchObject({ agentIds: [], leaderAgentId: null })
    expect(workspace.souls.texts.has('poet')).toBe(false)
    await workspace.messages.post(admin, { channelId: channel.id, content: 'anybody?' })
    expect(await workspace.answers.pending(admin, channel.id)).toEqual([])
  })

  it('is audited by field names only', async () => {
    await workspace.agents.create(admin, { id: 'poet', name: 'Poet' })
    await workspace.agents.update(admin, 'poet', { soul: 'private words' })
    await workspace.agents.delete(admin, 'poet')
    const rows = (await workspace.audit.list(admin)).filter((row) => row.action.startsWith('agent.'))
    expect(rows.map((row) => row.action)).toEqual(['agent.deleted', 'agent.updated', 'agent.created'])
    expect(rows[1]?.details).toBe('{"fields":["soul"]}')
  })
})

describe('seedWorkspace', () => {
  const seed = (workspace: Workspace) => {
    const { store, souls, ledger, stamps, owner } = workspace
    const group = { name: 'Parley', leaderAgentId: 'butler' }
    return seedWorkspace(
      { settings: store.settings, souls, ledger, stamps },
      { agents: builtins, ownerId: owner.userId, group },
    )
  }

  it('installs the built-in agents and one group, led by the butler', async () => {
    const workspace = await createWorkspace()
    expect(await seed(workspace)).toBe(true)
    const agents = await workspace.agents.list(workspace.owner)
    expect(agents.map((agent) => [agent.id, agent.builtin])).toEqual([
      ['butler', true],
      ['novelist', true],
    ])
    expect((await workspace.agents.get(workspace.owner, 'novelist')).soul).toBe('You write.')
    const [channel] = await workspace.channels.listFor(workspace.owner)
    expect(channel).toMatchObject({ name: 'Parley', leaderAgentId: 'butler', userIds: [workspace.owner.userId] })
    expect(channel?.agentIds.toSorted()).toEqual(['butler', 'novelist'])
    await workspace.messages.post(workspace.owner, { channelId: channel?.id as string, content: '@Novelist hello' })
    const pending = await workspace.answers.pending(workspace.owner, channel?.id as string)
    expect(pending.map((answer) => answer.agentId)).toEqual(['novelist'])
  })

  it('does so once: what is deleted stays deleted', async () => {
    const workspace = await createWorkspace()
    await seed(workspace)
    await workspace.agents.delete(workspace.owner, 'novelist')
    await workspace.agents.writeSoul(workspace.owner, 'butler', 'Changed.')
    expect(await seed(workspace)).toBe(false)
    expect(await workspace.agents.list(workspace.owner)).toHaveLength(1)
    expect(await workspace.agents.soul(workspace.owner, 'butler')).toBe('Changed.')
  })

  it('lets a renamed built-in agent be called by its new name in every language', async () => {
    const workspace = await createWorkspace()
    await seed(workspace)
    const renamed = await workspace.agents.update(workspace.owner, 'novelist', { name: 'Scribe' })
    expect(renamed).toMatchObject({ name: 'Scribe', localized: null })
  })
})
