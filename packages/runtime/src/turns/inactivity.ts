/** Notices a turn in which nothing happens any more. */
export interface Inactivity extends Disposable {
  /** Aborts once the limit has passed without a touch. */
  readonly signal: AbortSignal
  touch(): void
}

export function watchInactivity(limit: number): Inactivity {
  const controller = new AbortController()
  const expire = (): void => controller.abort(new DOMException('The turn was inactive.', 'TimeoutError'))
  let timer = setTimeout(expire, limit)
  return {
    signal: controller.signal,
    touch() {
      if (controller.signal.aborted) return
      clearTimeout(timer)
      timer = setTimeout(expire, limit)
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  }
}
