import type { Bus, WriteOp, WriteResult, Writer } from './ports/index.ts'

/** Commits a unit, then rings what it changed: nothing is announced before it is stored (LOG-4). */
export class Ledger {
  readonly #writer: Writer
  readonly #bus: Bus

  /** `writer` comes from `announce`: it rings log and job keys itself; this adds the bells of the records. */
  constructor(writer: Writer, bus: Bus) {
    this.#writer = writer
    this.#bus = bus
  }

  /** Same contract as `Writer.commit`; `bells` ring once it resolved. */
  async commit<const Unit extends readonly WriteOp[]>(
    unit: Unit,
    bells: readonly string[] = [],
  ): Promise<{ readonly [K in keyof Unit]: WriteResult<Unit[K]> }> {
    const results = await this.#writer.commit(unit)
    this.ring(...bells)
    return results
  }

  ring(...bells: readonly string[]): void {
    for (const key of bells) this.#bus.ring(key, 0)
  }
}
