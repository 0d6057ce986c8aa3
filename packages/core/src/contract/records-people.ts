import { expect, test } from 'vitest'
import type { StoreFixture } from './fixture.ts'
import { codeOf } from './rejection.ts'
import { channel, member, session, user } from './samples.ts'

export function testPeople(fixture: () => StoreFixture): void {
  test('REC-1 a person is stored, replaced, found by id and by key, and listed by age', async () => {
    const { writer, users } = fixture().store
    const young = user({ createdAt: 20, keyHash: 'k1' })
    const old = user({ createdAt: 10 })
    await writer.commit([
      { op: 'user.put', record: young },
      { op: 'user.put', record: old },
    ])
    expect(await users.list()).toEqual([old, young])
    expect(await users.byKeyHash('k1')).toEqual(young)
    const renamed = { ...young, name: '小明', role: 'admin', keyHash: 'k2' } as const
    await writer.commit([{ op: 'user.put', record: renamed }])
    expect(await users.get(young.id)).toEqual(renamed)
    expect(await users.byKeyHash('k1')).toBeUndefined()
    expect(await users.get('unknown')).toBeUndefined()
  })

  test('REC-1 two people never share an access key', async () => {
    const { writer } = fixture().store
    await writer.commit([{ op: 'user.put', record: user({ keyHash: 'same' }) }])
    expect(await codeOf(writer.commit([{ op: 'user.put', record: user({ keyHash: 'same' }) }]))).toBe('write_conflict')
    await writer.commit([
      { op: 'user.put', record: user() },
      { op: 'user.put', record: user() },
    ])
  })

  test('REC-2 a session is found by the hash of its token and ends when told', async () => {
    const { writer, sessions } = fixture().store
    const ann = user()
    const [a, b, c] = [session(ann.id), session(ann.id), session(ann.id)] as const
    await writer.commit([{ op: 'user.put', record: ann }])
    await writer.commit([a, b, c].map((record) => ({ op: 'session.put', record }) as const))
    expect(await sessions.byTokenHash(b.tokenHash)).toEqual(b)
    expect(await sessions.listFor(ann.id)).toEqual([a, b, c])
    await writer.commit([{ op: 'session.delete', id: a.id }])
    expect(await sessions.byTokenHash(a.tokenHash)).toBeUndefined()
    await writer.commit([{ op: 'session.delete-for', userId: ann.id, exceptId: c.id }])
    expect(await sessions.listFor(ann.id)).toEqual([c])
    await writer.commit([{ op: 'session.delete-for', userId: ann.id }])
    expect(await sessions.listFor(ann.id)).toEqual([])
  })

  test('REC-2 a touch moves a session forward and never back, and revives none', async () => {
    const { writer, sessions } = fixture().store
    const ann = user()
    const own = session(ann.id, { lastSeenAt: 100, expiresAt: 500, ip: '10.0.0.1' })
    await writer.commit([
      { op: 'user.put', record: ann },
      { op: 'session.put', record: own },
    ])
    const touch = (at: number, ip: string, expiresAt?: number) =>
      writer.commit([
        { op: 'session.touch', tokenHash: own.tokenHash, at, ip, ...(expiresAt === undefined ? {} : { expiresAt }) },
      ])
    await touch(200, '10.0.0.2', 600)
    expect(await sessions.byTokenHash(own.tokenHash)).toEqual({
      ...own,
      lastSeenAt: 200,
      ip: '10.0.0.2',
      expiresAt: 600,
    })
    await touch(150, '10.0.0.3', 550)
    expect(await sessions.byTokenHash(own.tokenHash)).toEqual({
      ...own,
      lastSeenAt: 200,
      ip: '10.0.0.2',
      expiresAt: 600,
    })
    await touch(300, '10.0.0.4')
    expect(await sessions.byTokenHash(own.tokenHash)).toMatchObject({ lastSeenAt: 300, expiresAt: 600 })
    await writer.commit([{ op: 'session.delete', id: own.id }])
    await touch(400, '10.0.0.5', 900)
    expect(await sessions.byTokenHash(own.tokenHash)).toBeUndefined()
  })

  test('REC-2 expired sessions go, those that end later stay', async () => {
    const { writer, sessions } = fixture().store
    const ann = user()
    const [gone, kept] = [session(ann.id, { expiresAt: 100 }), session(ann.id, { expiresAt: 101 })]
    await writer.commit([{ op: 'user.put', record: ann }])
    await writer.commit([gone, kept].map((record) => ({ op: 'session.put', record }) as const))
    await writer.commit([{ op: 'session.delete-expired', now: 100 }])
    expect(await sessions.listFor(ann.id)).toEqual([kept])
  })

  test('REC-2 a session belongs to a person that exists, and no two share a token', async () => {
    const { writer } = fixture().store
    const ann = user()
    const own = session(ann.id)
    expect(await codeOf(writer.commit([{ op: 'session.put', record: own }]))).toBe('write_conflict')
    await writer.commit([
      { op: 'user.put', record: ann },
      { op: 'session.put', record: own },
    ])
    const thief = session(ann.id, { tokenHash: own.tokenHash })
    expect(await codeOf(writer.commit([{ op: 'session.put', record: thief }]))).toBe('write_conflict')
  })

  test('REC-6 deleting a person ends their sessions, memberships and preferences, and nobody else’s', async () => {
    const { store } = fixture()
    const [ann, bob] = [user(), user()]
    const room = channel()
    const preference = { channelId: room.id, pinned: true, muted: false, draft: 'x' }
    await store.writer.commit([
      { op: 'user.put', record: ann },
      { op: 'user.put', record: bob },
      { op: 'channel.put', record: room, expectVersion: 0 },
      { op: 'member.put', record: member(room.id, ann.id) },
      { op: 'member.put', record: member(room.id, bob.id) },
      { op: 'preference.put', record: { ...preference, userId: ann.id } },
      { op: 'preference.put', record: { ...preference, userId: bob.id } },
      { op: 'session.put', record: session(ann.id) },
      { op: 'session.put', record: session(bob.id) },
    ])
    await store.writer.commit([{ op: 'user.delete', id: ann.id }])
    expect(await store.users.list()).toEqual([bob])
    expect(await store.sessions.listFor(ann.id)).toEqual([])
    expect(await store.sessions.listFor(bob.id)).toHaveLength(1)
    expect((await store.channels.members(room.id)).map((row) => row.id)).toEqual([bob.id])
    expect(await store.channels.listFor(ann.id)).toEqual([])
    expect(await store.channels.preferencesFor(ann.id)).toEqual([])
    expect(await store.channels.preferencesFor(bob.id)).toHaveLength(1)
  })
}
