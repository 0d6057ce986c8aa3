import { expect, test } from 'vitest'
import { announce, followLog, waitForLog } from '../log/index.ts'
import type { LogEntry } from '../ports/index.ts'
import { FaultyBus } from './faulty-bus.ts'
import type { StoreFixture } from './fixture.ts'
import { codeOf } from './rejection.ts'
import { append, enqueue, revise } from './samples.ts'

const soon = 20

export function testAnnounce(fixture: () => StoreFixture): void {
  test('LOG-4 when a bell rings, what it announces can be read', async () => {
    const { store } = fixture()
    const bus = new FaultyBus()
    const missing: Promise<boolean>[] = []
    const check = (key: string) => (seq: number) => {
      missing.push(store.log.read(key, seq - 1, 1).then(([entry]) => entry?.seq !== seq))
    }
    for (const key of ['a', 'b']) bus.listen(key, check(key))
    const writer = announce(store.writer, bus)
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        const op = append(index % 2 ? 'a' : 'b')
        return writer.commit(index % 3 ? [op] : [op, revise(op.id)])
      }),
    )
    expect(missing.length).toBe(100)
    expect((await Promise.all(missing)).filter(Boolean)).toEqual([])
  })

  test('LOG-4 each changed key rings once per unit with its newest position', async () => {
    const { store } = fixture()
    const bus = new FaultyBus()
    const op = append('', { targets: [{ key: 'a' }, { key: 'b' }] })
    await announce(store.writer, bus).commit([op, append('a'), revise(op.id)])
    expect(bus.rung).toEqual([
      { key: 'a', seq: 3 },
      { key: 'b', seq: 2 },
    ])
  })

  test('LOG-4 refused units, duplicates and skipped operations ring nothing', async () => {
    const { store } = fixture()
    const bus = new FaultyBus()
    const writer = announce(store.writer, bus)
    await store.writer.commit([append('k', { clientId: 'c' })])
    await codeOf(writer.commit([append('k'), { op: 'cursor.advance', key: 'k', reader: 'r', seq: 9 }]))
    await writer.commit([append('k', { clientId: 'c' }), { ...enqueue('lane'), onlyIfNew: 0 }])
    expect(bus.rung.filter((bell) => bell.key === 'k')).toEqual([])
  })

  test('LOG-4 an enqueued job and a job asked to stop ring too', async () => {
    const { store } = fixture()
    const bus = new FaultyBus()
    const writer = announce(store.writer, bus)
    const op = enqueue('lane')
    const stop = { op: 'job.stop', id: op.job.id } as const
    await writer.commit([op])
    await writer.commit([stop])
    expect(bus.rung.map((bell) => bell.key)).toEqual(['jobs:answer'])
    await writer.commit([{ op: 'job.claim', kind: 'answer', owner: 'w', now: 1, leaseUntil: 9, limit: 1 }])
    await writer.commit([stop])
    expect(bus.rung.map((bell) => bell.key)).toEqual(['jobs:answer', `stop:${op.job.id}`])
  })

  test('LOG-6 wait answers at once when there is something already', async () => {
    const { store } = fixture()
    const bus = new FaultyBus()
    await store.writer.commit([append('k'), append('k')])
    expect(await waitForLog({ log: store.log, bus }, 'k', 1)).toEqual({ head: 2, floor: 0 })
    expect(bus.listening).toBe(0)
  })

  test('LOG-6 wait hears an append that comes between its reading and its waiting', async () => {
    const { store } = fixture()
    const bus = new FaultyBus()
    const writer = announce(store.writer, bus)
    const log: Pick<typeof store.log, 'state' | 'read'> = {
      read: store.log.read.bind(store.log),
      // Commits after the state was read and before the waiter sees it: a waiter that subscribes later misses the bell.
      async state(key) {
        const state = await store.log.state(key)
        if (state.head === 0) await writer.commit([append('k')])
        return state
      },
    }
    const never = 3_600_000
    expect(await waitForLog({ log, bus }, 'k', 0, undefined, never)).toEqual({ head: 1, floor: 0 })
  })

  test('LOG-5 wait ends although its bell was lost', async () => {
    const { store } = fixture()
    const bus = new FaultyBus(() => 0)
    const waiting = waitForLog({ log: store.log, bus }, 'k', 0, undefined, soon)
    await announce(store.writer, bus).commit([append('k')])
    expect(await waiting).toEqual({ head: 1, floor: 0 })
  })

  test('LOG-5 wait does not end at a bell that announces nothing new', async () => {
    const { store } = fixture()
    const bus = new FaultyBus()
    await store.writer.commit([append('k')])
    const stop = new AbortController()
    const waiting = waitForLog({ log: store.log, bus }, 'k', 1, stop.signal)
    const ended = waiting.then(
      () => 'entries',
      (reason: unknown) => reason,
    )
    for (let i = 0; i < 5; i++) {
      bus.ring('k', 1)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    stop.abort('stopped')
    expect(await ended).toBe('stopped')
    expect(bus.listening).toBe(0)
  })

  test('LOG-8 wait ends when retention overtakes the reader', async () => {
    const { store } = fixture()
    const bus = new FaultyBus()
    await store.writer.commit([append('k'), append('k'), { op: 'log.truncate', key: 'k', upTo: 2 }])
    expect(await waitForLog({ log: store.log, bus }, 'k', 1)).toEqual({ head: 2, floor: 2 })
  })

  test('LOG-5 a follower gets every entry once, in order, though bells are lost and doubled', async () => {
    const { store } = fixture()
    const bus = new FaultyBus((_, seq) => seq % 3)
    const writer = announce(store.writer, bus)
    const total = 200
    const seen: LogEntry[] = []
    const reader = (async () => {
      for await (const page of followLog({ log: store.log, bus }, 'k', 0, { limit: 7, pollMs: soon })) {
        seen.push(...page)
        if (seen.length >= total) return
      }
    })()
    for (let i = 0; i < total; i += 10) {
      await Promise.all(Array.from({ length: 10 }, () => writer.commit([append('k')])))
    }
    await reader
    expect(seen.map((entry) => entry.seq)).toEqual(Array.from({ length: total }, (_, index) => index + 1))
    expect(bus.listening).toBe(0)
  })

  test('LOG-8 a follower that retention has overtaken is told', async () => {
    const { store } = fixture()
    const bus = new FaultyBus()
    await store.writer.commit([append('k'), append('k'), { op: 'log.truncate', key: 'k', upTo: 1 }])
    const follower = followLog({ log: store.log, bus }, 'k', 0)
    await expect(follower.next()).rejects.toMatchObject({ code: 'log_below_floor' })
    expect(bus.listening).toBe(0)
  })
}
