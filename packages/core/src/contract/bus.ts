import { describe, expect, test } from 'vitest'
import type { Bus } from '../ports/index.ts'

export interface BusFixture extends AsyncDisposable {
  readonly bus: Bus
}

/** The suite each bus passes. A bell may be late, so every expectation waits; none may ever reach the wrong key. */
export function describeBusContract(name: string, create: () => Promise<BusFixture>): void {
  describe(`${name}: bus`, () => {
    test('BUS-1 a listener hears the bells of its key, with their positions', async () => {
      await using fixture = await create()
      const heard: number[] = []
      const other: number[] = []
      fixture.bus.listen('a', (seq) => heard.push(seq))
      fixture.bus.listen('b', (seq) => other.push(seq))
      fixture.bus.ring('a', 1)
      fixture.bus.ring('a', 2)
      fixture.bus.ring('c', 3)
      await expect.poll(() => heard).toEqual([1, 2])
      expect(other).toEqual([])
    })

    test('BUS-2 each listener of a key hears each bell, the same function twice as two', async () => {
      await using fixture = await create()
      const heard: string[] = []
      const both = (): void => void heard.push('both')
      fixture.bus.listen('k', () => heard.push('one'))
      const stop = fixture.bus.listen('k', both)
      fixture.bus.listen('k', both)
      fixture.bus.ring('k', 1)
      await expect.poll(() => heard).toEqual(['one', 'both', 'both'])
      stop()
      stop()
      fixture.bus.ring('k', 2)
      await expect.poll(() => heard).toEqual(['one', 'both', 'both', 'one', 'both'])
    })

    test('BUS-3 a listener that stopped hears nothing more, even when it stops while the bell rings', async () => {
      await using fixture = await create()
      const heard: string[] = []
      fixture.bus.listen('k', () => {
        heard.push('first')
        stopSecond()
      })
      const stopSecond = fixture.bus.listen('k', () => heard.push('second'))
      fixture.bus.listen('k', () => heard.push('third'))
      fixture.bus.ring('k', 1)
      await expect.poll(() => heard).toEqual(['first', 'third'])
    })

    test('BUS-4 a listener that throws disturbs neither the others nor whoever rang', async () => {
      await using fixture = await create()
      const heard: number[] = []
      fixture.bus.listen('k', () => {
        throw new Error('a broken listener')
      })
      fixture.bus.listen('k', (seq) => heard.push(seq))
      expect(() => fixture.bus.ring('k', 1)).not.toThrow()
      await expect.poll(() => heard).toEqual([1])
    })

    test('BUS-5 a listener may listen and ring while a bell rings', async () => {
      await using fixture = await create()
      const heard: string[] = []
      fixture.bus.listen('k', (seq) => {
        heard.push(`k${seq}`)
        if (seq > 2) return
        fixture.bus.listen('l', () => heard.push(`l${seq}`))
        fixture.bus.ring('l', 1)
      })
      fixture.bus.ring('k', 2)
      await expect.poll(() => heard).toEqual(['k2', 'l2'])
    })
  })
}
