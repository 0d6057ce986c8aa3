import { type Clock, createIdFactory, type IdFactory, systemClock } from '@parley/base'

/** The time and the ids that writes are stamped with. */
export interface Stamps {
  /** Milliseconds since the epoch. */
  now(): number
  readonly id: IdFactory
}

export function createStamps(clock: Clock = systemClock): Stamps {
  return { now: () => clock.now(), id: createIdFactory(clock) }
}
