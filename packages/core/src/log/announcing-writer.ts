import type { Bus, WriteOp, Writer } from '../ports/index.ts'
import { bellsOf } from './bells-of.ts'

/**
 * Wraps a writer so that what a unit changed is rung once it is stored, and never before (LOG-4): the key of each appended
 * entry and change with its new position, `jobs:{kind}` for an enqueued job, `stop:{id}` for a job asked to stop.
 * Further bells are the caller's, after `commit` has resolved.
 */
export function announce(writer: Writer, bus: Bus): Writer {
  return {
    async commit(unit) {
      const results = await writer.commit(unit)
      const bells = bellsOf(unit as readonly WriteOp[], results as readonly unknown[])
      for (const [key, seq] of bells) bus.ring(key, seq)
      return results
    },
  }
}
