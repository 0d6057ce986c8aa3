import type { Database, Statement } from 'better-sqlite3'

/** Rows removed per transaction: short enough not to be felt by a waiting append. */
const STEP = 256

/**
 * Retention raises a floor, which is instant; the rows below it leave the disk here, a few at a time while nothing else
 * waits. Deleting a large conversation in one transaction would hold up everybody's messages for seconds.
 */
export class Sweeper {
  readonly #db: Database
  readonly #pending: Statement<[], { id: number; floor: number; swept: number }>
  readonly #bodies: Statement<[number, number, number], number>
  readonly #deleteEntries: Statement<[number, number, number]>
  readonly #deleteBody: Statement<[number]>
  readonly #advance: Statement<[number, number]>

  constructor(db: Database) {
    this.#db = db
    this.#pending = db.prepare('SELECT id, floor, swept FROM log_keys WHERE swept < floor LIMIT 1')
    this.#bodies = db
      .prepare<[number, number, number], number>(
        'SELECT body_id FROM log_entries WHERE key_id = ? AND seq > ? AND seq <= ? AND body_id IS NOT NULL',
      )
      .pluck()
    this.#deleteEntries = db.prepare('DELETE FROM log_entries WHERE key_id = ? AND seq > ? AND seq <= ?')
    this.#deleteBody = db.prepare(
      'DELETE FROM log_bodies WHERE id = ? AND NOT EXISTS (SELECT 1 FROM log_entries e WHERE e.body_id = log_bodies.id)',
    )
    this.#advance = db.prepare('UPDATE log_keys SET swept = ? WHERE id = ?')
  }

  /** Removes one step's worth of rows in a transaction of its own. False when nothing is left to remove. */
  step(): boolean {
    const key = this.#pending.get()
    if (!key) return false
    const upTo = Math.min(key.floor, key.swept + STEP)
    this.#db
      .transaction(() => {
        const bodies = this.#bodies.all(key.id, key.swept, upTo)
        this.#deleteEntries.run(key.id, key.swept, upTo)
        for (const id of bodies) this.#deleteBody.run(id)
        this.#advance.run(upTo, key.id)
      })
      .immediate()
    return true
  }
}
