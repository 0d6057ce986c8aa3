import { createMemoryStore } from '@parley/infra/memory'
import { beforeEach, describe, expect, it } from 'vitest'
import { createWorkspace, OWNER_KEY, type Workspace } from '../../test/workspace.ts'

const client = { ip: '192.0.2.7', userAgent: 'curl/8' }
const DAY = 86_400_000

describe('Sessions', () => {
  let workspace: Workspace
  beforeEach(async () => {
    workspace = await createWorkspace()
  })

  async function audited(action: string) {
    const rows = await workspace.store.audit.list(100)
    return rows.filter((row) => row.action === action)
  }

  it('lets the owner in with the owner key', async () => {
    const { token, caller, ttlMs } = await workspace.sessions.login(OWNER_KEY, client)
    expect(token).toMatch(/^[0-9a-f]{64}$/)
    expect(caller).toMatchObject({ userId: workspace.owner.userId, role: 'owner' })
    expect(ttlMs).toBe(7 * DAY)
    expect(await workspace.sessions.authenticate(token)).toEqual(caller)
    expect(await audited('login.ok')).toHaveLength(1)
  })

  it('lets a person in with their access key, once it was shown', async () => {
    const { person, accessKey } = await workspace.people.create(workspace.owner, { name: 'Ann', role: 'member' })
    expect(accessKey).toMatch(/^key-[0-9a-z]{36}$/)
    const { caller } = await workspace.sessions.login(accessKey, client)
    expect(caller).toMatchObject({ userId: person.id, role: 'member', name: 'Ann' })
  })

  it.each(['', 'wrong', `${OWNER_KEY} `, OWNER_KEY.toUpperCase()])('refuses %j and audits it', async (password) => {
    await expect(workspace.sessions.login(password, client)).rejects.toMatchObject({
      code: 'invalid_password',
      message: 'Invalid password',
    })
    const [row] = await audited('login.failed')
    expect(row).toMatchObject({ actor: 'anonymous', subject: client.ip })
    expect(JSON.stringify(row)).not.toContain('wrong')
  })

  it('slows guessing down', async () => {
    for (let i = 0; i < 10; i++) await workspace.sessions.login('wrong', client).catch(() => {})
    const refused = workspace.sessions.login(OWNER_KEY, client)
    await expect(refused).rejects.toMatchObject({ code: 'login_throttled', retryAfter: 6 })
    expect((await workspace.sessions.login(OWNER_KEY, { ...client, ip: '192.0.2.8' })).caller.role).toBe('owner')
  })

  it('rings when a login ends the oldest session, so that its sockets are told', async () => {
    const bell = workspace.bellsOf(`sessions:${workspace.owner.userId}`)
    for (let i = 0; i < 100; i++) await workspace.sessions.login(OWNER_KEY, client)
    expect(bell.count).toBe(0)
    await workspace.sessions.login(OWNER_KEY, client)
    expect(bell.count).toBe(1)
  })

  it('never stores the token or a key', async () => {
    const { accessKey } = await workspace.people.create(workspace.owner, { name: 'Ann', role: 'member' })
    const { token, caller } = await workspace.sessions.login(accessKey, client)
    const stored = JSON.stringify([
      await workspace.store.sessions.listFor(caller.userId),
      await workspace.store.users.list(),
      await workspace.store.audit.list(100),
    ])
    expect(stored).not.toContain(token)
    expect(stored).not.toContain(accessKey)
  })

  it.each(['', 'x', '0'.repeat(64), '../../etc', `${'a'.repeat(63)}G`])('knows no session %j', async (token) => {
    expect(await workspace.sessions.authenticate(token)).toBeUndefined()
  })

  it('slides its end with use and touches the store at most every five minutes', async () => {
    const { token, caller } = await workspace.sessions.login(OWNER_KEY, client)
    const seen = async () => (await workspace.store.sessions.listFor(caller.userId))[0]
    const first = await seen()
    workspace.clock.pass(4 * 60_000)
    await workspace.sessions.authenticate(token, '198.51.100.1')
    await settled()
    expect(await seen()).toEqual(first)
    for (let day = 0; day < 30; day++) {
      workspace.clock.pass(DAY)
      expect(await workspace.sessions.authenticate(token, '198.51.100.1')).toBeDefined()
      await settled()
    }
    expect(await seen()).toMatchObject({ ip: '198.51.100.1', expiresAt: workspace.clock.now() + 7 * DAY })
  })

  it('ends after seven days without use', async () => {
    const { token } = await workspace.sessions.login(OWNER_KEY, client)
    workspace.clock.pass(7 * DAY - 1)
    expect(await workspace.sessions.authenticate(token)).toBeDefined()
    await settled()
    workspace.clock.pass(7 * DAY)
    expect(await workspace.sessions.authenticate(token)).toBeUndefined()
    await workspace.sessions.sweep()
    expect(await workspace.store.sessions.listFor(workspace.owner.userId)).toEqual([])
  })

  it('ends at logout and rings the person', async () => {
    const { token, caller } = await workspace.sessions.login(OWNER_KEY, client)
    const bell = workspace.bellsOf(`sessions:${caller.userId}`)
    await workspace.sessions.logout(caller)
    expect(await workspace.sessions.authenticate(token)).toBeUndefined()
    expect(bell.count).toBe(1)
  })

  it('lists and ends one’s own sessions only', async () => {
    const first = await workspace.sessions.login(OWNER_KEY, client)
    workspace.clock.pass(1000)
    const second = await workspace.sessions.login(OWNER_KEY, client)
    const { accessKey } = await workspace.people.create(workspace.owner, { name: 'Ann', role: 'admin' })
    const ann = await workspace.sessions.login(accessKey, client)

    const list = await workspace.sessions.list(second.caller)
    expect(list.map((session) => [session.id, session.current])).toEqual([
      [second.caller.sessionId, true],
      [first.caller.sessionId, false],
    ])
    expect(JSON.stringify(list)).not.toMatch(/[0-9a-f]{64}/)

    const stranger = workspace.sessions.revoke(ann.caller, first.caller.sessionId)
    await expect(stranger).rejects.toMatchObject({ code: 'session_not_found' })
    await workspace.sessions.revoke(second.caller, first.caller.sessionId)
    expect(await workspace.sessions.authenticate(first.token)).toBeUndefined()
    expect(await workspace.sessions.authenticate(second.token)).toBeDefined()
  })

  it('holds at most a hundred sessions per person, dropping the one unused for longest', async () => {
    const first = await workspace.sessions.login(OWNER_KEY, client)
    for (let i = 0; i < 100; i++) {
      workspace.clock.pass(7_000)
      await workspace.sessions.login(OWNER_KEY, client)
    }
    expect(await workspace.store.sessions.listFor(workspace.owner.userId)).toHaveLength(100)
    expect(await workspace.sessions.authenticate(first.token)).toBeUndefined()
  })

  it('knows a new role and name at once', async () => {
    const { person, accessKey } = await workspace.people.create(workspace.owner, { name: 'Ann', role: 'member' })
    const { token } = await workspace.sessions.login(accessKey, client)
    const bell = workspace.bellsOf(`sessions:${person.id}`)
    await workspace.people.update(workspace.owner, person.id, { role: 'guest', name: 'Anna' })
    expect(bell.count).toBe(1)
    expect(await workspace.sessions.authenticate(token)).toMatchObject({ role: 'guest', name: 'Anna' })
  })

  it('does not fail a request because a touch could not be stored', async () => {
    const store = createMemoryStore()
    const { sessions, clock } = await createWorkspace({ store })
    const { token } = await sessions.login(OWNER_KEY, client)
    clock.pass(DAY)
    await store[Symbol.asyncDispose]()
    expect(await sessions.authenticate(token)).toBeDefined()
    await settled()
  })
})

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1))
}
