import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { AppendingChild } from './child.ts'
import { PowerCutDisk } from './power-cut-disk.ts'
import { rollDice } from './seed.ts'
import { DiskVerifier } from './verify.ts'

const ROUNDS = Number(process.env['CHAOS_CUTS'] ?? 12)

test(`LOG-10 nothing acknowledged is lost over ${ROUNDS} power cuts`, async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-power-'))
  const disk = await PowerCutDisk.create(folder)
  if (typeof disk === 'string') {
    await rm(folder, { recursive: true, force: true })
    console.log(`power cut: did not run: ${disk.split('\n')[0]}`)
    return context.skip(`did not run: ${disk}`)
  }
  const dice = rollDice('power cut')
  const path = join(disk.mountPoint, 'data', 'parley.db')
  const verifier = new DiskVerifier(path)
  try {
    for (let round = 1; round <= ROUNDS; round++) {
      await using child = new AppendingChild({ path, seed: dice.seed + round * 1_000, from: verifier.resumeFrom() })
      await child.untilReady()
      await disk.arm()
      // Cut in the tick of an acknowledgement: that is when a missing sync has the most to lose.
      await child.untilAcks(dice.between(1, 600))
      // What is heard later does not count: a sync that is under way during the call may return without an error, which
      // a process without power cannot.
      const acknowledged = [...child.acks]
      await disk.cut()
      await child.kill()
      disk.restart()
      verifier.expect(acknowledged)
      expect({ seed: dice.seed, round, problems: verifier.problems() }).toEqual({
        seed: dice.seed,
        round,
        problems: [],
      })
    }
    console.log(`power cut: ${verifier.acknowledged} appends acknowledged over ${ROUNDS} cuts, all there`)
  } finally {
    await disk[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  }
})
