import type { AnswerPosition } from '@parley/core'
import type { Connection } from '../../../hosts/ws/index.ts'

/** The part of a socket that feeds write to. */
export interface FeedSocket {
  readonly connection: Pick<Connection, 'send' | 'congested'>
  readonly userId: string
}

/** How much of a running answer a reader already holds. */
export interface HeldAnswer {
  /** UTF-16 length of the text. */
  readonly text: number
  /** Known when this server sent it: lets reasoning and tool steps resume exactly too. */
  readonly position?: AnswerPosition
}

/**
 * One socket following one channel.
 * `live` ones get each frame of the feed as it is made; the others read the log on their own until they are level:
 * `catching-up` now, `stalled` when their socket has drained or their access was checked again.
 */
export interface Subscription {
  readonly socket: FeedSocket
  /** Log position delivered so far; while live it is the feed's. */
  cursor: number
  mode: 'live' | 'catching-up' | 'stalled' | 'ended'
  /** Counts catch-ups, so that one that was overtaken by a later one stops. */
  run: number
  /** Running answers the client holds in part, by message id. */
  held: Map<string, HeldAnswer>
}
