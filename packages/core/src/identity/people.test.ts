import { beforeEach, describe, expect, it } from 'vitest'
import { createWorkspace, type Workspace } from '../../test/workspace.ts'

const client = { ip: '192.0.2.7', userAgent: 'curl/8' }

describe('People', () => {
  let workspace: Workspace
  beforeEach(async () => {
    workspace = await createWorkspace()
  })

  it('makes one owner, once', async () => {
    const owner = await workspace.people.ensureOwner('Somebody else')
    expect(owner).toMatchObject({ id: workspace.owner.userId, name: 'Owner', role: 'owner' })
    expect(await workspace.people.list(workspace.owner)).toHaveLength(1)
  })

  it('never shows the hash of a key', async () => {
    await workspace.person('Ann')
    expect(JSON.stringify(await workspace.people.list(workspace.owner))).not.toContain('keyHash')
  })

  it.each(['admin', 'member', 'guest'] as const)('lets no %s add, remove or renew people', async (role) => {
    const caller = await workspace.person('Ann', role)
    const bob = await workspace.person('Bob')
    const forbidden = { code: 'forbidden', kind: 'forbidden' }
    await expect(workspace.people.create(caller, { name: 'Eve', role: 'admin' })).rejects.toMatchObject(forbidden)
    await expect(workspace.people.delete(caller, bob.userId)).rejects.toMatchObject(forbidden)
    await expect(workspace.people.renewKey(caller, bob.userId)).rejects.toMatchObject(forbidden)
    await expect(workspace.people.update(caller, bob.userId, { name: 'Rob' })).rejects.toMatchObject(forbidden)
    await expect(workspace.people.update(caller, caller.userId, { role: 'admin' })).rejects.toMatchObject(forbidden)
    expect(await workspace.people.list(caller)).toHaveLength(3)
  })

  it('lets people change their own name and avatar', async () => {
    const ann = await workspace.person('Ann', 'guest')
    const changed = await workspace.people.update(ann, ann.userId, { name: '  Anna ', avatar: '🦊' })
    expect(changed).toMatchObject({ name: 'Anna', avatar: '🦊', role: 'guest' })
  })

  it.each([
    ['ann', 'person'],
    ['ＡＮＮ', 'person in full width'],
    ['小说家', 'agent'],
    ['novelist', 'alias of an agent'],
    ['all', 'everybody'],
    ['所有人', 'everybody'],
  ])('refuses the name %j of another (%s)', async (name) => {
    await workspace.person('Ann')
    await workspace.agent('agent_n', '小说家', { aliases: ['Novelist'] })
    const refused = workspace.people.create(workspace.owner, { name, role: 'member' })
    await expect(refused).rejects.toMatchObject({ code: 'name_taken', kind: 'conflict' })
  })

  it.each(['', '   ', 'a@b', 'a\nb', 'x'.repeat(49)])('refuses the name %j', async (name) => {
    const refused = workspace.people.create(workspace.owner, { name, role: 'member' })
    await expect(refused).rejects.toMatchObject({ code: 'invalid_name', kind: 'invalid' })
  })

  it('lets one of two win who take a name at the same time', async () => {
    const results = await Promise.allSettled(
      ['Ann', 'ANN', 'ann'].map((name) => workspace.people.create(workspace.owner, { name, role: 'member' })),
    )
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    expect(await workspace.people.list(workspace.owner)).toHaveLength(2)
  })

  it('protects the owner', async () => {
    const { owner, people } = workspace
    await expect(people.delete(owner, owner.userId)).rejects.toMatchObject({ code: 'owner_fixed' })
    await expect(people.renewKey(owner, owner.userId)).rejects.toMatchObject({ code: 'owner_fixed' })
    await expect(people.update(owner, owner.userId, { role: 'guest' })).rejects.toMatchObject({ code: 'owner_fixed' })
  })

  it('does not find people who are not there', async () => {
    const missing = { code: 'user_not_found', kind: 'not_found' }
    await expect(workspace.people.get(workspace.owner, 'user_x')).rejects.toMatchObject(missing)
    await expect(workspace.people.delete(workspace.owner, 'user_x')).rejects.toMatchObject(missing)
    await expect(workspace.people.update(workspace.owner, 'user_x', { name: 'x' })).rejects.toMatchObject(missing)
  })

  it('ends the old key and its sessions with a new key', async () => {
    const { person, accessKey } = await workspace.people.create(workspace.owner, { name: 'Ann', role: 'member' })
    const { token } = await workspace.sessions.login(accessKey, client)
    const renewed = await workspace.people.renewKey(workspace.owner, person.id)
    expect(await workspace.sessions.authenticate(token)).toBeUndefined()
    await expect(workspace.sessions.login(accessKey, client)).rejects.toMatchObject({ code: 'invalid_password' })
    expect((await workspace.sessions.login(renewed.accessKey, client)).caller.userId).toBe(person.id)
  })

  it('removes a person: sessions and memberships end, messages stay, the channel gets a new owner', async () => {
    const { person, accessKey } = await workspace.people.create(workspace.owner, { name: 'Ann', role: 'member' })
    const { token, caller: ann } = await workspace.sessions.login(accessKey, client)
    const bob = await workspace.person('Bob')
    const channel = await workspace.channels.create(ann, { type: 'group', name: 'Team', userIds: [bob.userId] })
    await workspace.messages.post(ann, { channelId: channel.id, content: 'remember me' })
    const bell = workspace.bellsOf(`user:${bob.userId}`)

    await workspace.people.delete(workspace.owner, person.id)
    expect(await workspace.sessions.authenticate(token)).toBeUndefined()
    const members = await workspace.channels.members(bob, channel.id)
    expect(members.map((member) => [member.id, member.role])).toEqual([[bob.userId, 'owner']])
    const page = await workspace.messages.page(bob, { channelId: channel.id })
    expect(page.messages.map((message) => message.content)).toEqual(['remember me'])
    expect(bell.count).toBe(1)
  })

  it('audits what was done to people, without keys', async () => {
    const { person, accessKey } = await workspace.people.create(workspace.owner, { name: 'Ann', role: 'member' })
    await workspace.people.update(workspace.owner, person.id, { role: 'admin' })
    await workspace.people.renewKey(workspace.owner, person.id)
    await workspace.people.delete(workspace.owner, person.id)
    const rows = await workspace.audit.list(workspace.owner)
    expect(rows.map((row) => row.action)).toEqual([
      'person.deleted',
      'person.key-renewed',
      'person.updated',
      'person.created',
    ])
    expect(JSON.stringify(rows)).not.toContain(accessKey)
  })
})
