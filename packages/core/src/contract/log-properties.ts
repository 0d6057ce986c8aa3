import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Store, WriteOp } from '../ports/index.ts'
import type { StoreFixture } from './fixture.ts'
import { applyUnit, emptyModel, type ModelState, stateOf } from './log-model.ts'
import { codeOf } from './rejection.ts'

const KEYS = ['a', 'b', 'c'] as const
const READERS = ['r', 's'] as const
const RUNS = 60

/** One operation before ids and keys are made unique to the run; `entry` counts the ids handed out so far, from the newest. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant('append' as const),
      keys: fc.uniqueArray(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 3 }),
      producer: fc.constantFrom('ann', 'bob'),
      clientId: fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined }),
      capacity: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined, freq: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('revise' as const),
      entry: fc.nat(12),
      expect: fc.option(fc.nat(2), { nil: undefined }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('truncate' as const), key: fc.constantFrom(...KEYS), upTo: fc.nat(8) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('advance' as const),
      key: fc.constantFrom(...KEYS),
      reader: fc.constantFrom(...READERS),
      seq: fc.nat(12),
      onlyIfNew: fc.boolean(),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Waves of units; the units of one wave are committed at the same time. */
const waves = fc.array(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }), {
  minLength: 1,
  maxLength: 8,
})

export function testProperties(fixture: () => StoreFixture): void {
  test('LOG-1 LOG-2 LOG-7 LOG-8 WRITE-1 WRITE-3 any sequence of units, alone or together, does what the rules say', async () => {
    const { store } = fixture()
    let run = 0
    await fc.assert(
      fc.asyncProperty(waves, async (plan) => {
        run += 1
        const build = createBuilder(`run${run}`)
        let model = emptyModel()
        for (const wave of plan) {
          const units = wave.map(build)
          const expected = units.map((unit) => {
            const [next, code] = applyUnit(model, unit)
            model = next
            return code
          })
          const codes = await Promise.all(units.map((unit) => codeOf(store.writer.commit(unit))))
          expect(codes).toEqual(expected)
          await expectSame(store, model, `run${run}`)
        }
      }),
      { numRuns: RUNS },
    )
  })
}

function createBuilder(run: string): (steps: readonly Step[]) => readonly WriteOp[] {
  const ids: string[] = []
  const fresh = (): string => {
    const id = `${run}-${ids.length}`
    ids.push(id)
    return id
  }
  return (steps) =>
    steps.map((one, index) => toOp(one, run, fresh, ids, steps[index - 1]?.what === 'append' ? index - 1 : undefined))
}

function toOp(
  one: Step,
  run: string,
  fresh: () => string,
  ids: readonly string[],
  append: number | undefined,
): WriteOp {
  if (one.what === 'truncate') return { op: 'log.truncate', key: `${run}:${one.key}`, upTo: one.upTo }
  if (one.what === 'advance') {
    const skip = one.onlyIfNew && append !== undefined ? { onlyIfNew: append } : {}
    return { op: 'cursor.advance', key: `${run}:${one.key}`, reader: one.reader, seq: one.seq, ...skip }
  }
  if (one.what === 'revise') {
    const id = ids[Math.max(0, ids.length - 1 - one.entry)] ?? 'none'
    const guard = one.expect === undefined ? {} : { expectRevision: one.expect }
    const changeId = fresh()
    return { op: 'log.revise', id, changeId, body: `"revised by ${changeId}"`, producer: 'ann', at: 2, ...guard }
  }
  const id = fresh()
  return {
    op: 'log.append',
    id,
    targets: one.keys.map((key) => ({ key: `${run}:${key}` })),
    producer: one.producer,
    at: 1,
    body: `"${id}"`,
    ...(one.clientId === undefined ? {} : { clientId: one.clientId }),
    ...(one.capacity === undefined ? {} : { capacity: one.capacity }),
  }
}

async function expectSame(store: Store, model: ModelState, run: string): Promise<void> {
  for (const name of KEYS) {
    const key = `${run}:${name}`
    const state = stateOf(model, key)
    expect(await store.log.state(key)).toEqual(state)
    const stored = await store.log.read(key, state.floor, 1_000)
    const wanted = (model.keys[key]?.entries ?? []).flatMap((entry, index) =>
      entry ? [{ seq: index + 1, id: entry.id, kind: entry.kind, body: entry.body, revision: entry.revision }] : [],
    )
    expect(stored.map(({ seq, id, kind, body, revision }) => ({ seq, id, kind, body, revision }))).toEqual(wanted)
    for (const reader of READERS) {
      expect(await store.log.cursor(key, reader)).toBe(model.cursors[`${reader}@${key}`] ?? 0)
    }
  }
}
