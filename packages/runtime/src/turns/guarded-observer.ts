import type { Logger } from '@parley/base'
import type { TurnObserver } from './observer.ts'

/** Statistics must never cost an answer: what the host's observer throws is logged and dropped. */
export function guardedObserver(observer: TurnObserver, logger: Logger): Required<TurnObserver> {
  const guard = (report: () => void): void => {
    try {
      report()
    } catch (error) {
      logger.warn({ error: String(error) }, 'observer failed')
    }
  }
  return {
    turnStarted: () => guard(() => observer.turnStarted?.()),
    turnEnded: (event) => guard(() => observer.turnEnded?.(event)),
    modelCalled: (event) => guard(() => observer.modelCalled?.(event)),
    toolCalled: (event) => guard(() => observer.toolCalled?.(event)),
    toolDenied: (event) => guard(() => observer.toolDenied?.(event)),
  }
}
