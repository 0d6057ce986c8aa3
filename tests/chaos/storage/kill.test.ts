import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inspect, openSqliteStore } from '@parley/infra/sqlite'
import { expect, test } from 'vitest'
import { AppendingChild } from './child.ts'
import { keyOf, PRODUCERS } from './load.ts'
import { type Dice, rollDice } from './seed.ts'
import { DiskVerifier } from './verify.ts'

const ROUNDS = Number(process.env['CHAOS_ROUNDS'] ?? 50)

test(`LOG-1 LOG-2 LOG-10 WRITE-1 nothing acknowledged is lost over ${ROUNDS} kills of the same data folder`, async () => {
  const dice = rollDice('kill -9')
  const folder = await mkdtemp(join(tmpdir(), 'parley-kill-'))
  const path = join(folder, 'data', 'parley.db')
  const verifier = new DiskVerifier(path)
  try {
    for (let round = 1; round <= ROUNDS; round++) {
      verifier.expect(await killOnce(path, dice, verifier.resumeFrom(), round))
      expect({ seed: dice.seed, round, problems: verifier.problems() }).toEqual({
        seed: dice.seed,
        round,
        problems: [],
      })
    }
    console.log(`kill -9: ${verifier.acknowledged} appends acknowledged over ${ROUNDS} kills, all there`)
    expect(verifier.acknowledged).toBeGreaterThan(ROUNDS * PRODUCERS)
    await expectUsable(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

/** Some kills come while the store is being opened and recovers, most while it writes. */
async function killOnce(path: string, dice: Dice, from: readonly number[], round: number) {
  await using child = new AppendingChild({ path, seed: dice.seed + round * 1_000, from })
  // The first round gets its database made, so that every later one has something to lose.
  if (round > 1 && dice.next() < 0.2) await sleep(dice.between(50, 400))
  else {
    await child.untilReady()
    await sleep(dice.between(5, 250))
  }
  await child.kill()
  return child.acks
}

async function expectUsable(path: string): Promise<void> {
  expect(inspect(path).problems).toEqual([])
  await using store = await openSqliteStore({ path })
  const { head } = await store.log.state(keyOf(0))
  const append = {
    op: 'log.append',
    id: 'last',
    targets: [{ key: keyOf(0) }],
    producer: 'test',
    at: 1,
    body: '{}',
  } as const
  const [result] = await store.writer.commit([append])
  expect(result.seqs).toEqual([head + 1])
}
