import type { Database, Statement } from 'better-sqlite3'

/** What the writer knows of a key. `head` runs ahead of the stored row until {@link KeyHeads.flush}. */
export interface KeyHead {
  readonly id: number
  readonly name: string
  head: number
  floor: number
}

/**
 * Positions of the keys in use, in memory: the only writer knows them, and a batch that appends to a key many
 * times writes the row of the key once. Whoever rolls back must {@link forget} what the rolled back work touched.
 */
export class KeyHeads {
  readonly #known = new Map<string, KeyHead>()
  readonly #touched = new Set<KeyHead>()
  readonly #select: Statement<[string], { id: number; name: string; head: number; floor: number }>
  readonly #insert: Statement<[string]>
  readonly #update: Statement<[number, number]>
  readonly #version: Statement<[], number>
  readonly #capacity: number
  #seenVersion: number | undefined

  constructor(db: Database, capacity = 50_000) {
    this.#select = db.prepare('SELECT id, name, head, floor FROM log_keys WHERE name = ?')
    this.#insert = db.prepare('INSERT INTO log_keys (name, head, floor, swept) VALUES (?, 0, 0, 0)')
    this.#update = db.prepare('UPDATE log_keys SET head = ? WHERE id = ?')
    this.#version = db.prepare<[], number>('PRAGMA data_version').pluck()
    this.#capacity = capacity
  }

  /**
   * Call at the start of each transaction: forgets everything when another connection has written meanwhile, such as an
   * administrator's shell. Positions it has changed must not be given twice.
   */
  refresh(): void {
    const version = this.#version.get()
    if (version === this.#seenVersion) return
    this.#seenVersion = version
    this.forgetAll()
  }

  /** Undefined when nothing was ever appended to the key. */
  peek(name: string): KeyHead | undefined {
    const known = this.#known.get(name)
    if (known) return known
    const stored = this.#select.get(name)
    if (stored) this.#known.set(name, stored)
    return stored
  }

  /** Creates the key when it is new. */
  claim(name: string): KeyHead {
    const existing = this.peek(name)
    if (existing) return existing
    const id = Number(this.#insert.run(name).lastInsertRowid)
    const created: KeyHead = { id, name, head: 0, floor: 0 }
    this.#known.set(name, created)
    this.#touched.add(created)
    return created
  }

  /** Takes the next position of the key. */
  advance(key: KeyHead): number {
    this.#touched.add(key)
    key.head += 1
    return key.head
  }

  /** Notes a change the caller has stored itself. */
  touch(key: KeyHead): void {
    this.#touched.add(key)
  }

  /** Stores the positions taken since the last flush. Call before COMMIT, and before releasing a savepoint. */
  flush(): void {
    for (const key of this.#touched) this.#update.run(key.head, key.id)
    this.#touched.clear()
    if (this.#known.size > this.#capacity) this.#known.clear()
  }

  /** Drops everything touched since the last flush: the transaction (or savepoint) around it was rolled back. */
  forget(): void {
    for (const key of this.#touched) this.#known.delete(key.name)
    this.#touched.clear()
  }

  /** Drops everything: flushed positions were rolled back too. */
  forgetAll(): void {
    this.#known.clear()
    this.#touched.clear()
  }
}
