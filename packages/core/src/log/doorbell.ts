import type { Bus } from '../ports/index.ts'

/**
 * One listener that remembers a bell until it is asked for. Because it listens from its construction on, whoever reads
 * after constructing it and then waits cannot miss a bell in between (LOG-6).
 */
export class Doorbell implements Disposable {
  readonly #stop: () => void
  #rung = false
  #wake: (() => void) | undefined

  constructor(bus: Bus, key: string) {
    this.#stop = bus.listen(key, () => {
      this.#rung = true
      this.#wake?.()
    })
  }

  /**
   * Resolves at the next bell, at once when one rang since the last call, and after `pollMs` in any case: a bell may be
   * lost (LOG-5). Rejects with the signal's reason. One call at a time.
   */
  async heard(pollMs: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    if (!this.#rung) await this.#nextBell(pollMs, signal)
    this.#rung = false
  }

  [Symbol.dispose](): void {
    this.#stop()
  }

  #nextBell(pollMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (then: () => void): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
        this.#wake = undefined
        then()
      }
      const onAbort = (): void => settle(() => reject(signal?.reason))
      const timer = setTimeout(() => settle(resolve), pollMs)
      signal?.addEventListener('abort', onAbort, { once: true })
      this.#wake = () => settle(resolve)
    })
  }
}
