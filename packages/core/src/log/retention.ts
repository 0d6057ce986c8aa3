import type { LogReader, Writer } from '../ports/index.ts'

export interface RetentionRule {
  /** Entries to keep at most. */
  readonly maxEntries?: number
  /** Entries older than this (milliseconds since the epoch) go. */
  readonly before?: number
}

export interface RetentionPorts {
  readonly log: Pick<LogReader, 'state' | 'page'>
  readonly writer: Writer
}

const PAGE = 256

/**
 * Removes the oldest entries of a key as far as the rule allows and returns the new floor. Entries go in order of position:
 * an old one behind a younger one stays until that one goes too.
 */
export async function trimLog({ log, writer }: RetentionPorts, key: string, rule: RetentionRule): Promise<number> {
  const { head, floor } = await log.state(key)
  let upTo = rule.maxEntries === undefined ? floor : Math.max(floor, head - rule.maxEntries)
  if (rule.before !== undefined) upTo = await lastOlderThan(log, key, upTo, rule.before)
  if (upTo <= floor) return floor
  const [{ floor: raised }] = await writer.commit([{ op: 'log.truncate', key, upTo }])
  return raised
}

async function lastOlderThan(log: RetentionPorts['log'], key: string, from: number, time: number): Promise<number> {
  let position = from
  for (;;) {
    const page = await log.page({ key, after: position, limit: PAGE })
    for (const entry of page) {
      if (entry.at >= time) return position
      position = entry.seq
    }
    if (page.length < PAGE) return position
  }
}
