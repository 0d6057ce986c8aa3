/** What the child writes and the parent expects: shared, so that the two cannot drift apart. */
export const PRODUCERS = 4
export const KEYS = 3
/** Units a producer has under way at once. */
export const IN_FLIGHT = 8

export interface LoadOptions {
  readonly path: string
  readonly seed: number
  /** For each producer the first number that was not acknowledged: it is sent again, with all that follow. */
  readonly from: readonly number[]
}

/** `ack` line of the child: what it was told is stored. */
export interface Ack {
  readonly producer: number
  readonly n: number
  readonly key: string
  readonly seq: number
}

export const producerId = (producer: number): string => `producer_${producer}`
export const clientId = (n: number): string => String(n).padStart(8, '0')
export const settingName = (producer: number): string => `last_${producer}`
/** A producer writes all it has to one key, so its order can be checked by position. */
export const keyOf = (producer: number): string => `channel:${producer % KEYS}`

export function formatAck({ producer, n, key, seq }: Ack): string {
  return `ack ${producer} ${n} ${key} ${seq}\n`
}

export function parseAck(line: string): Ack | undefined {
  const [word, producer, n, key, seq] = line.split(' ')
  if (word !== 'ack' || key === undefined || seq === undefined) return undefined
  return { producer: Number(producer), n: Number(n), key, seq: Number(seq) }
}
