import { createMemoryBus } from '@parley/infra/memory'
import { describe, expect, it } from 'vitest'
import { Presence } from './presence.ts'

describe('Presence', () => {
  it('counts the sockets of a person', () => {
    const presence = new Presence(createMemoryBus())
    const first = presence.connect('ann')
    const second = presence.connect('ann')
    first()
    first()
    expect(presence.isOnline('ann')).toBe(true)
    second()
    expect(presence.isOnline('ann')).toBe(false)
    expect(presence.online()).toEqual([])
  })

  it('rings when somebody comes or goes, and tells who since', () => {
    const bus = createMemoryBus()
    const presence = new Presence(bus)
    const versions: number[] = []
    bus.listen('presence', (version) => versions.push(version))
    const leave = presence.connect('ann')
    presence.connect('ann')
    presence.connect('bob')
    expect(versions).toEqual([1, 2])
    expect(presence.changes(0)).toEqual({
      version: 2,
      changes: [
        { userId: 'ann', online: true },
        { userId: 'bob', online: true },
      ],
    })
    leave()
    expect(presence.changes(2)).toEqual({ version: 2, changes: [] })
    presence.connect('cy')
    expect(presence.changes(2)).toEqual({ version: 3, changes: [{ userId: 'cy', online: true }] })
  })

  it('tells the newest state of a person once, however often it changed', () => {
    const presence = new Presence(createMemoryBus())
    for (let i = 0; i < 5; i++) presence.connect('ann')()
    presence.connect('bob')
    const { version, changes } = presence.changes(3)
    expect(changes).toEqual([
      { userId: 'ann', online: false },
      { userId: 'bob', online: true },
    ])
    expect(version).toBe(11)
  })
})
