/**
 * The child: opens the store and appends until it is killed. Says `ready`, then one `ack` line for each unit it was told is
 * stored. Run with {@link LoadOptions} as JSON in the first argument.
 */
import { writeSync } from 'node:fs'
import type { AppendOp } from '@parley/core/ports'
import { openSqliteStore } from '@parley/infra/sqlite'
import { clientId, formatAck, IN_FLIGHT, keyOf, type LoadOptions, PRODUCERS, producerId, settingName } from './load.ts'
import { diceOf } from './seed.ts'

const options = JSON.parse(process.argv[2] ?? '') as LoadOptions
const store = await openSqliteStore({ path: options.path })
// Written with a system call of its own: what the parent has read of these lines was really acknowledged.
const say = (line: string): void => void writeSync(1, line)
say('ready\n')

for (let producer = 0; producer < PRODUCERS; producer++) startProducer(producer)

/** Keeps some units under way, always sent in order. */
function startProducer(producer: number): void {
  const dice = diceOf(options.seed + producer)
  const key = keyOf(producer)
  let next = options.from[producer] ?? 1
  const sendOne = (): void => {
    const n = next++
    store.writer.commit([appendOf(n), { op: 'setting.put', name: settingName(producer), value: n, onlyIfNew: 0 }]).then(
      ([appended]) => {
        say(formatAck({ producer, n, key, seq: appended.seqs[0] ?? 0 }))
        sendOne()
      },
      // The disk has gone away: nothing more can be acknowledged.
      () => say('refused\n'),
    )
  }
  const appendOf = (n: number): AppendOp => ({
    op: 'log.append',
    id: `${producer}-${n}`,
    targets: dice.next() < 0.2 ? [{ key }, { key: `inbox:${producer}` }] : [{ key }],
    producer: producerId(producer),
    clientId: clientId(n),
    at: n,
    body: JSON.stringify({ n, fill: 'x'.repeat(dice.between(0, 10) === 0 ? dice.between(1_000, 30_000) : 150) }),
  })
  for (let i = 0; i < IN_FLIGHT; i++) sendOne()
}
