/** Bounds of a turn. All times in milliseconds. */
export interface TurnLimits {
  /** Turns running at once in this process. */
  readonly concurrency: number
  /** A turn without any model byte or tool result for this long fails with class `timeout`. */
  readonly inactivity: number
  /** Before the first repeat of a failed model call; doubles with each further one. */
  readonly retryDelay: number
  /** Messages of history asked from the seat. */
  readonly history: number
  /** Model rounds that may call tools. */
  readonly rounds: number
  /** Tool calls of one turn, those of called colleagues included. */
  readonly calls: number
  /** Tool calls of one round that run at the same time. */
  readonly parallelCalls: number
  /** The same tool with the same arguments runs fewer times than this in one turn. */
  readonly repeats: number
  /** Characters of a tool result the model gets to see. */
  readonly resultLength: number
  /** Levels of colleagues below the answering agent that `call_agent` may open. */
  readonly depth: number
  /** IANA name of the zone agents are told the date in. */
  readonly timeZone: string
}

export const defaultTurnLimits: TurnLimits = {
  concurrency: 16,
  inactivity: 300_000,
  retryDelay: 500,
  history: 100,
  rounds: 10,
  calls: 30,
  parallelCalls: 4,
  repeats: 3,
  resultLength: 16_000,
  depth: 3,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
}
