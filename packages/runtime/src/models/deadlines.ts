/** Time limits of one model attempt, watched while its stream is read. */

/** All in milliseconds. */
export interface ModelTimeouts {
  /** Until the first part of the answer. Generous: a local server may have to load the model first. */
  readonly firstByte: number
  /** Between two parts. */
  readonly idle: number
  readonly total: number
}

export const defaultTimeouts: ModelTimeouts = { firstByte: 120_000, idle: 60_000, total: 900_000 }

export interface Deadlines extends Disposable {
  /** Aborts when the outer signal does or a limit has passed. */
  readonly signal: AbortSignal
  /** True when a limit, not the outer signal, ended the attempt. */
  readonly expired: boolean
  /** Something came: the idle limit counts from now. */
  touch(): void
}

/** Starts the clocks. Dispose it with the attempt. */
export function startDeadlines(limits: ModelTimeouts, outer: AbortSignal): Deadlines {
  const own = new AbortController()
  let expired = false
  const expire = (): void => {
    expired = true
    own.abort(new DOMException('The model took too long.', 'TimeoutError'))
  }
  const total = setTimeout(expire, limits.total)
  let step = setTimeout(expire, limits.firstByte)
  const release = (): void => {
    clearTimeout(total)
    clearTimeout(step)
  }
  return {
    signal: AbortSignal.any([outer, own.signal]),
    get expired() {
      return expired && !outer.aborted
    },
    touch() {
      if (expired) return
      clearTimeout(step)
      step = setTimeout(expire, limits.idle)
    },
    [Symbol.dispose]: release,
  }
}
