import { channelKey } from '../bells.ts'
import type { ChangeBody, LogReader } from '../ports/index.ts'
import { type ChannelMessage, messageOf } from './message.ts'

/** What a reader of the log learns. `message_updated` carries the position of the change and the message as it is now. */
export interface ChannelEvent {
  readonly kind: 'message' | 'message_updated'
  readonly seq: number
  readonly message: ChannelMessage
}

export interface Changes {
  /** In order of `seq`. */
  readonly events: readonly ChannelEvent[]
  /** Read on from here; also advanced over positions without an event. */
  readonly next: number
  /** True when there may be more to read at once. */
  readonly more: boolean
}

/**
 * Events of a channel after a position. Bodies are always the present ones, so several changes of one message are told
 * once, and changes of a message that is itself in the batch not at all. Errors: `log_below_floor`.
 */
export async function readChanges(log: LogReader, channelId: string, after: number, limit: number): Promise<Changes> {
  const key = channelKey(channelId)
  const entries = await log.read(key, after, limit)
  const told = new Set(entries.filter((entry) => entry.kind === 'message').map((entry) => entry.id))
  const events: ChannelEvent[] = []
  for (const entry of entries.toReversed()) {
    if (entry.kind === 'message') {
      events.push({ kind: 'message', seq: entry.seq, message: messageOf(entry) })
      continue
    }
    const { id } = JSON.parse(entry.body) as ChangeBody
    if (told.has(id)) continue
    told.add(id)
    const changed = await log.find(id, key)
    if (changed) events.push({ kind: 'message_updated', seq: entry.seq, message: messageOf(changed) })
  }
  return { events: events.toReversed(), next: entries.at(-1)?.seq ?? after, more: entries.length >= limit }
}
