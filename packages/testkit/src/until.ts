/** Polls `probe` until it returns something other than undefined or false. Throws with `what` after `timeout` milliseconds. */
export async function until<T>(probe: () => Promise<T> | T, what: string, timeout = 8_000): Promise<NonNullable<T>> {
  const deadline = Date.now() + timeout
  let last: unknown
  for (;;) {
    try {
      const value = await probe()
      if (value !== undefined && value !== null && value !== false) return value as NonNullable<T>
    } catch (error) {
      last = error
    }
    if (Date.now() > deadline) throw new Error(`${what}: not within ${timeout} ms`, { cause: last })
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}
