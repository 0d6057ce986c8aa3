import type { Unit } from './batch.ts'

/** Units already taken that may stay in memory. */
const MAX_TAKEN = 4_096

/** Units in order of arrival. Under constant load it never runs empty, and still keeps only what waits. */
export class UnitQueue {
  readonly #units: Unit[] = []
  #taken = 0

  /** Units that wait. */
  get size(): number {
    return this.#units.length - this.#taken
  }

  /** Units in memory. */
  get held(): number {
    return this.#units.length
  }

  push(units: readonly Unit[]): void {
    for (const unit of units) this.#units.push(unit)
  }

  /** The oldest units, at most `limit`. */
  take(limit: number): readonly Unit[] {
    const batch = this.#units.slice(this.#taken, this.#taken + limit)
    this.#taken += batch.length
    // Cutting the front off in slices keeps this linear however many units wait.
    if (this.#taken === this.#units.length || this.#taken >= MAX_TAKEN) {
      this.#units.splice(0, this.#taken)
      this.#taken = 0
    }
    return batch
  }
}
