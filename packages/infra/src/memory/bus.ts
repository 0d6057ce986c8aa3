import { type Logger, silentLogger } from '@parley/base'
import type { Bus } from '@parley/core/ports'

/**
 * The doorbell of a single process. Listeners are called at once, in the order in which they came; one that throws is
 * logged and disturbs neither the others nor whoever rang.
 */
export function createMemoryBus(logger: Logger = silentLogger): Bus {
  const listeners = new Map<string, Set<{ readonly call: (seq: number) => void }>>()
  return {
    ring(key, seq) {
      // A copy, so that listeners may come and go while it rings; those that have gone are not called any more.
      const current = listeners.get(key)
      if (!current) return
      for (const listener of [...current]) {
        if (!current.has(listener)) continue
        try {
          listener.call(seq)
        } catch (error) {
          logger.error({ error: String(error), key }, 'bus: a listener has failed')
        }
      }
    },
    listen(key, call) {
      // Wrapped, so that a function given twice counts as two listeners.
      const listener = { call }
      let current = listeners.get(key)
      if (!current) {
        current = new Set()
        listeners.set(key, current)
      }
      const own = current
      own.add(listener)
      return () => {
        own.delete(listener)
        if (own.size === 0 && listeners.get(key) === own) listeners.delete(key)
      }
    },
  }
}
