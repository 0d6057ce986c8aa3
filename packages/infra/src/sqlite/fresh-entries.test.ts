import type { LogEntry, Store, WriteOp } from '@parley/core/ports'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TemporaryFolder } from '../testing/temporary-folder.ts'
import { openReaderConnection } from './connection.ts'
import { FreshEntries } from './fresh-entries.ts'
import { openSqliteStore } from './index.ts'
import { SqliteLogReader } from './log-reader.ts'

let serial = 0
const append = (...keys: string[]): WriteOp & { op: 'log.append' } => ({
  op: 'log.append',
  id: `msg_${++serial}`,
  targets: keys.map((key, i) => (i === 0 ? { key } : { key, extra: `for ${key}` })),
  producer: 'user_1',
  at: 1,
  body: `{"n":${serial}}`,
})
const stored = (...seqs: number[]): unknown => ({ id: 'x', duplicate: false, seqs })

describe('FreshEntries', () => {
  test('answers from the first noted position on, and knows nothing before it', () => {
    const fresh = new FreshEntries()
    fresh.note([append('k'), append('k')], [stored(7), stored(8)])
    expect(fresh.after('k', 6, 10)?.map((entry) => entry.seq)).toEqual([7, 8])
    expect(fresh.after('k', 6, 1)?.map((entry) => entry.seq)).toEqual([7])
    expect(fresh.after('k', 8, 10)).toEqual([])
    expect(fresh.after('k', 5, 10)).toBeUndefined()
    expect(fresh.after('other', 0, 10)).toBeUndefined()
  })

  test('a repeated, a skipped and a revised entry are left to the database', () => {
    const fresh = new FreshEntries()
    fresh.note([append('k'), append('k')], [{ id: 'x', duplicate: true, seqs: [1] }, null])
    expect(fresh.after('k', 0, 10)).toBeUndefined()
    fresh.note([append('k')], [stored(2)])
    const revise = { op: 'log.revise', id: 'm', body: '{}', changeId: 'c', producer: 'u', at: 1 } as const
    fresh.note([revise], [{ revision: 1, changes: [{ key: 'k', seq: 3 }] }])
    expect(fresh.after('k', 1, 10)).toBeUndefined()
    fresh.note([append('k')], [stored(4)])
    expect(fresh.after('k', 2, 10)).toBeUndefined()
    expect(fresh.after('k', 3, 10)?.map((entry) => entry.seq)).toEqual([4])
  })

  test('everything is forgotten with the turn of the event loop', async () => {
    const fresh = new FreshEntries()
    fresh.note([append('k')], [stored(1)])
    await Promise.resolve()
    expect(fresh.after('k', 0, 10)).toHaveLength(1)
    await new Promise((resolve) => setImmediate(resolve))
    expect(fresh.after('k', 0, 10)).toBeUndefined()
  })

  test('LOG-3 read right after a commit says exactly what the database says', async () => {
    await using folder = await TemporaryFolder.create()
    const path = folder.file('data', 'parley.db')
    await using store: Store = await openSqliteStore({ path })
    using db = disposable(openReaderConnection(path))
    const plain = new SqliteLogReader(db.value)
    const step = fc.record({
      what: fc.constantFrom('one', 'one', 'three', 'both', 'revise', 'repeat'),
      key: fc.constantFrom('a', 'b'),
      after: fc.nat(12),
      limit: fc.nat(6),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        for (const { what, key, after, limit } of steps) {
          const { head } = await plain.state(key)
          const from = Math.max(0, head + 3 - after)
          const [newest] = await plain.page({ key, limit: 1, kind: 'message' })
          await commit(store, what, key, newest)
          const expected = await plain.read(key, from, limit)
          expect(await store.log.read(key, from, limit)).toEqual(expected)
        }
      }),
      { numRuns: 40 },
    )
  })
})

async function commit(store: Store, what: string, key: string, newest: LogEntry | undefined): Promise<void> {
  const at = 1
  if (what === 'three') await Promise.all([1, 2, 3].map(() => store.writer.commit([append(key)])))
  else if (what === 'both') await store.writer.commit([append('a', 'b')])
  else if (what === 'repeat') {
    const once = { ...append(key), clientId: `c${serial}` }
    await store.writer.commit([once])
    await store.writer.commit([{ ...once, id: `msg_${++serial}` }])
  } else if (what === 'revise' && newest !== undefined) {
    const op = {
      op: 'log.revise',
      id: newest.id,
      body: '{"new":1}',
      changeId: `chg_${++serial}`,
      producer: 'u',
      at,
    } as const
    await store.writer.commit([append(key), op])
  } else await store.writer.commit([append(key)])
}

function disposable<T extends { close(): unknown }>(value: T): { readonly value: T } & Disposable {
  return { value, [Symbol.dispose]: () => void value.close() }
}
