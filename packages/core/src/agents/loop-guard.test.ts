import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Call, defaultLoopLimits, guardLoop } from './loop-guard.ts'

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const call = fc.record({ from: id, to: id })

describe('guardLoop', () => {
  it('lets a colleague be called', () => {
    const verdict = guardLoop({ callerId: 'a', hops: 0, targets: ['b', 'c'], calls: [] })
    expect(verdict).toEqual({ allowed: ['b', 'c'], refused: [] })
  })

  it('ignores an agent that names itself', () => {
    expect(guardLoop({ callerId: 'a', hops: 0, targets: ['a'], calls: [] })).toEqual({ allowed: [], refused: [] })
  })

  it('stops after six steps in a row', () => {
    const input = { callerId: 'a', targets: ['b'], calls: [] }
    expect(guardLoop({ ...input, hops: 5 }).allowed).toEqual(['b'])
    expect(guardLoop({ ...input, hops: 6 }).refused).toEqual([{ agentId: 'b', reason: 'hops' }])
  })

  it('stops the fourth call of the same colleague', () => {
    const calls = [1, 2, 3].map(() => ({ from: 'a', to: 'b' }))
    const verdict = guardLoop({ callerId: 'a', hops: 1, targets: ['b', 'c'], calls })
    expect(verdict).toEqual({ allowed: ['c'], refused: [{ agentId: 'b', reason: 'perPair' }] })
  })

  it('stops a fan-out at the budget', () => {
    const calls = Array.from({ length: 23 }, (_, index): Call => ({ from: `x${index}`, to: 'y' }))
    const verdict = guardLoop({ callerId: 'a', hops: 1, targets: ['b', 'c'], calls })
    expect(verdict).toEqual({ allowed: ['b'], refused: [{ agentId: 'c', reason: 'total' }] })
  })

  it('decides about every colleague once and never passes a limit', () => {
    const input = fc.record({
      callerId: id,
      hops: fc.nat(8),
      targets: fc.array(id, { maxLength: 8 }),
      calls: fc.array(call, { maxLength: 30 }),
    })
    fc.assert(
      fc.property(input, (given) => {
        const { allowed, refused } = guardLoop(given)
        const decided = [...allowed, ...refused.map((refusal) => refusal.agentId)].toSorted()
        expect(decided).toEqual([...new Set(given.targets)].filter((target) => target !== given.callerId).toSorted())
        if (allowed.length > 0) {
          expect(given.hops).toBeLessThan(defaultLoopLimits.hops)
          expect(given.calls.length + allowed.length).toBeLessThanOrEqual(defaultLoopLimits.total)
        }
      }),
    )
  })

  it('ends every conversation of agents that always call each other', () => {
    fc.assert(
      fc.property(fc.array(fc.array(id, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 20 }), (script) => {
        const calls: Call[] = []
        const line: { agentId: string; hops: number }[] = [{ agentId: 'a', hops: 0 }]
        let turns = 0
        while (line.length > 0) {
          const turn = line.shift() as { agentId: string; hops: number }
          const targets = script[turns++ % script.length] as string[]
          const { allowed } = guardLoop({ callerId: turn.agentId, hops: turn.hops, targets, calls })
          for (const to of allowed) {
            calls.push({ from: turn.agentId, to })
            line.push({ agentId: to, hops: turn.hops + 1 })
          }
        }
        expect(turns).toBeLessThanOrEqual(defaultLoopLimits.total + 1)
      }),
    )
  })
})
