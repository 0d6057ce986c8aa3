import { storeErrors } from '@parley/core/ports'

/** What undoes the changes of the open unit, in order. Shared by all tables of a store. */
export class UndoLog {
  #steps: (() => void)[] = []

  push(step: () => void): void {
    this.#steps.push(step)
  }

  commit(): void {
    this.#steps = []
  }

  rollback(): void {
    for (const step of this.#steps.reverse()) step()
    this.#steps = []
  }
}

/** A map whose changes can be undone. Values are replaced, never changed in place. */
export class Table<Value> {
  readonly #rows = new Map<string, Value>()
  readonly #undo: UndoLog

  constructor(undo: UndoLog) {
    this.#undo = undo
  }

  get(id: string): Value | undefined {
    return this.#rows.get(id)
  }

  has(id: string): boolean {
    return this.#rows.has(id)
  }

  values(): readonly Value[] {
    return [...this.#rows.values()]
  }

  set(id: string, value: Value): void {
    const had = this.#rows.has(id)
    const before = this.#rows.get(id)
    this.#rows.set(id, value)
    this.#undo.push(() => {
      if (had) this.#rows.set(id, before as Value)
      else this.#rows.delete(id)
    })
  }

  /** Refuses with `write_conflict` when the id is taken. */
  insert(id: string, value: Value): void {
    if (this.#rows.has(id)) throw storeErrors.write_conflict()
    this.set(id, value)
  }

  delete(id: string): void {
    const before = this.#rows.get(id)
    if (!this.#rows.delete(id)) return
    this.#undo.push(() => this.#rows.set(id, before as Value))
  }

  deleteWhere(matches: (value: Value) => boolean): void {
    for (const [id, value] of this.#rows) if (matches(value)) this.delete(id)
  }
}

/** Joins parts to one map key that no other parts can spell. */
export function compositeKey(...parts: readonly (string | number)[]): string {
  return JSON.stringify(parts)
}
