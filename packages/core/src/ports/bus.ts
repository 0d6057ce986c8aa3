/**
 * The doorbell. A bell says "key has reached seq" and carries nothing else; it may be lost, doubled or late (LOG-5).
 * It rings only after COMMIT (LOG-4).
 */
export interface Bus {
  ring(key: string, seq: number): void
  /** Calls `listener` on each bell of `key` until the returned function is called. */
  listen(key: string, listener: (seq: number) => void): () => void
}
