/**
 * One abort signal out of several, released when its work is done. `AbortSignal.any` over a long-lived signal keeps
 * every listener somebody forgot; this link is cut on dispose.
 */
export interface LinkedAbort extends Disposable {
  readonly signal: AbortSignal
  abort(reason: unknown): void
}

export function linkAbort(...sources: readonly (AbortSignal | undefined)[]): LinkedAbort {
  const controller = new AbortController()
  const cuts: (() => void)[] = []
  for (const source of sources) {
    if (source === undefined) continue
    if (source.aborted) controller.abort(source.reason)
    const forward = (): void => controller.abort(source.reason)
    source.addEventListener('abort', forward, { once: true })
    cuts.push(() => source.removeEventListener('abort', forward))
  }
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    [Symbol.dispose]() {
      for (const cut of cuts.splice(0)) cut()
    },
  }
}
