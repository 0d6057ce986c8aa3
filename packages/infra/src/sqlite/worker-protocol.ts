import type { LogFields } from '@parley/base'
import type { UnitOutcome } from './batch.ts'
import type { WireError } from './failure.ts'
import type { MigrationReport } from './migrate.ts'

/**
 * Units and their outcomes cross the threads as JSON text, many per message: one string copies several times faster than
 * the same objects as a structured clone. Everything else is an object with a `type`.
 */
export type ToWorker = string | { readonly type: 'close' }

export type FromWorker =
  | string
  | { readonly type: 'ready'; readonly migration: MigrationReport }
  | { readonly type: 'failed'; readonly error: WireError }
  | { readonly type: 'log'; readonly level: 'info' | 'warn'; readonly fields: LogFields; readonly message: string }
  | { readonly type: 'closed' }

export type WorkerOptions =
  | { readonly role: 'writer'; readonly path: string }
  | { readonly role: 'checkpointer'; readonly path: string; readonly shared: SharedArrayBuffer }

/** Outcomes in the order in which the units were sent. */
export function encodeOutcomes(outcomes: readonly UnitOutcome[]): string {
  return JSON.stringify(outcomes)
}

export function decodeOutcomes(text: string): readonly UnitOutcome[] {
  return JSON.parse(text) as readonly UnitOutcome[]
}
