import { describe } from 'vitest'
import { type StoreFactory, useStore } from './fixture.ts'
import { testJobs, testStreams } from './jobs.ts'
import { testAnnounce } from './log-announce.ts'
import { testAppend } from './log-append.ts'
import { testBodies, testDurability } from './log-bodies.ts'
import { testCursor } from './log-cursor.ts'
import { testProperties } from './log-properties.ts'
import { testRead } from './log-read.ts'
import { testRetention } from './log-retention.ts'
import { testRevise } from './log-revise.ts'
import { testChannels } from './records-channels.ts'
import { testLedger } from './records-ledger.ts'
import { testPeople } from './records-people.ts'
import { testUnits } from './units.ts'

export interface StoreTraits {
  /** Data outlives the process; the fixture can then `reopen`. */
  readonly durable: boolean
}

/**
 * The suite each {@link Store} passes. Test titles start with the rules they prove:
 *
 * LOG-1  positions per key are gap-free and given in the storing transaction; an entry id is given once
 * LOG-2  (first key, producer, client id) is unique; a repeat returns the first result
 * LOG-3  readers see committed entries only, in order of position; revisions are atomic and appended as changes
 * LOG-4  nothing is announced before it is stored, and nothing that was not stored
 * LOG-5  a bell may be lost, doubled or late without harm
 * LOG-6  wait subscribes, then reads, then waits
 * LOG-7  cursors never go back; an acknowledgement past the head is refused
 * LOG-8  below the floor a reader is told the floor; the floor never goes down
 * LOG-9  a body is stored once for all targets
 * LOG-10 acknowledged means on disk (here: there after opening again; kill and power cut are in tests/chaos)
 *
 * WRITE-1 a unit is stored as a whole or not at all      WRITE-2 one result per operation, in order
 * WRITE-3 a refused unit does not hurt its neighbours    WRITE-4 onlyIfNew leaves out what belongs to a repeat
 * WRITE-5 malformed operations are refused               WRITE-6 one caller's units are applied in order
 * WRITE-7 a unit is stored as it was when committed      WRITE-8 a closed store finishes what it has, then refuses
 * WRITE-9 an operation sees the earlier ones of its unit
 *
 * JOB-1 one at a time per lane, in order · JOB-2 lanes beside each other · JOB-3 ended leases are claimed again ·
 * JOB-4 finish is fenced by the lease · JOB-5 renew · JOB-6 cancel · JOB-7 stop · JOB-8 release-all · JOB-9 kinds ·
 * JOB-10 pending · JOB-11 ids · JOB-12 property of the above · STREAM-1 pieces
 *
 * REC-1 people · REC-2 sessions · REC-3 versioned puts · REC-4 one dm per pair · REC-5 channel.delete · REC-6 user.delete ·
 * REC-7 agent.delete · REC-8 members · REC-9 preferences · REC-10 mentions · REC-11 settings · REC-12 blobs · REC-13 audit ·
 * REC-14 usage and audit ids
 */
export function describeStoreContract(
  name: string,
  create: StoreFactory,
  traits: StoreTraits = { durable: true },
): void {
  describe(`${name}: log`, () => {
    const fixture = useStore(create)
    testAppend(fixture)
    testRead(fixture)
    testRevise(fixture)
    testAnnounce(fixture)
    testCursor(fixture)
    testRetention(fixture)
    testBodies(fixture)
    if (traits.durable) testDurability(create)
    testProperties(fixture)
  })
  describe(`${name}: units`, () => {
    testUnits(useStore(create), create)
  })
  describe(`${name}: jobs`, () => {
    const fixture = useStore(create)
    testJobs(fixture)
    testStreams(fixture)
  })
  describe(`${name}: records`, () => {
    const fixture = useStore(create)
    testPeople(fixture)
    testChannels(fixture)
    testLedger(fixture)
  })
}
