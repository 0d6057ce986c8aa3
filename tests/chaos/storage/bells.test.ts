import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { announce, followLog } from '@parley/core'
import type { Bus, LogEntry } from '@parley/core/ports'
import { createMemoryBus } from '@parley/infra/memory'
import { openSqliteStore } from '@parley/infra/sqlite'
import { expect, test } from 'vitest'
import { type Dice, rollDice } from './seed.ts'

const KEYS = 4
const READERS_PER_KEY = 3
const PER_KEY = 1_500

/** Loses half of the bells, doubles some of the rest and delivers others late. */
function breakBus(bus: Bus, dice: Dice): Bus {
  return {
    listen: (key, listener) => bus.listen(key, listener),
    ring(key, seq) {
      const fate = dice.next()
      if (fate < 0.5) return
      if (fate < 0.6) bus.ring(key, seq)
      if (fate < 0.8) setTimeout(() => bus.ring(key, seq), dice.between(1, 60))
      else bus.ring(key, seq)
    },
  }
}

test('LOG-5 with half of all bells lost, and others doubled or late, every reader gets every entry once, in order', async () => {
  const dice = rollDice('bells')
  const folder = await mkdtemp(join(tmpdir(), 'parley-bells-'))
  const store = await openSqliteStore({ path: join(folder, 'data', 'parley.db') })
  try {
    const bus = breakBus(createMemoryBus(), dice)
    const writer = announce(store.writer, bus)
    const read = async (key: string): Promise<readonly string[]> => {
      const seen: LogEntry[] = []
      for await (const page of followLog({ log: store.log, bus }, key, 0, { limit: 64, pollMs: 100 })) {
        seen.push(...page)
        if (seen.length >= PER_KEY) break
      }
      expect(seen.map((entry) => entry.seq)).toEqual(seen.map((_, index) => index + 1))
      return seen.map((entry) => entry.id)
    }
    const write = async (key: string): Promise<readonly string[]> => {
      const ids = Array.from({ length: PER_KEY }, (_, index) => `${key}-${index}`)
      for (let start = 0; start < PER_KEY; ) {
        const burst = ids.slice(start, start + dice.between(1, 40))
        start += burst.length
        const commit = (id: string) =>
          writer.commit([{ op: 'log.append', id, targets: [{ key }], producer: 'p', at: 1, body: '{}' }])
        await Promise.all(burst.map(commit))
        if (dice.next() < 0.3) await new Promise((resolve) => setTimeout(resolve, dice.between(0, 20)))
      }
      return ids
    }
    const keys = Array.from({ length: KEYS }, (_, index) => `k${index}`)
    const reading = keys.map((key) => Promise.all(Array.from({ length: READERS_PER_KEY }, () => read(key))))
    const written = await Promise.all(keys.map(write))
    const received = await Promise.all(reading)
    for (const [index, readers] of received.entries()) {
      for (const ids of readers) expect(ids).toEqual(written[index])
    }
  } finally {
    await store[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  }
})
