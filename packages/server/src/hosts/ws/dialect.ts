/**
 * `/ws` is shared by dialects; the first frame decides which one a socket speaks (design: architecture §5).
 * A dialect gets text frames and a connection, and never sees the `ws` library.
 */
import type { Connection } from './connection.ts'

export interface Dialect {
  readonly name: string
  /** Values of `type` in a first frame that select this dialect. */
  readonly openingTypes: ReadonlySet<string>
  /** Starts a session; called once per connection, before its first frame. */
  open(connection: Connection): DialectSession
}

export interface DialectSession {
  /** One text frame, in order of arrival. */
  receive(text: string): void
  /** The connection was congested and can take frames again. */
  drained(): void
  /** The socket is gone. Called once. */
  closed(): void
}

/** Picks the dialect of a first frame: the one naming its type, else the first of the table. */
export function chooseDialect(dialects: readonly Dialect[], firstFrame: string): Dialect {
  const type = /^\s*\{[^{}]*?"type"\s*:\s*"([a-z_]{1,40})"/.exec(firstFrame)?.[1]
  const chosen = type === undefined ? undefined : dialects.find((dialect) => dialect.openingTypes.has(type))
  return chosen ?? (dialects[0] as Dialect)
}
