/** A door a test opens: replaces waiting for a moment by waiting for a fact. */
export interface Gate {
  readonly isOpen: boolean
  /** Resolves once the gate is open. */
  readonly opened: Promise<void>
  open(): void
}

export function createGate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>()
  let isOpen = false
  return {
    get isOpen() {
      return isOpen
    },
    opened: promise,
    open() {
      isOpen = true
      resolve()
    },
  }
}
