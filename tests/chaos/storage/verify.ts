import { DatabaseSync } from 'node:sqlite'
import { type Ack, clientId, KEYS, keyOf, PRODUCERS, producerId, settingName } from './load.ts'

interface Row {
  readonly seq: number
  readonly producer: string
  readonly client_id: string
}

/**
 * Looks at the file as it lies on the disk, without the store under test in between, and returns what is wrong with it:
 * gaps, lost or doubled entries, a broken order, half a unit.
 */
export class DiskVerifier {
  readonly #path: string
  readonly #acks = new Map<string, Ack>()

  constructor(path: string) {
    this.#path = path
  }

  expect(acks: readonly Ack[]): void {
    for (const ack of acks) this.#acks.set(`${producerId(ack.producer)}/${clientId(ack.n)}`, ack)
  }

  get acknowledged(): number {
    return this.#acks.size
  }

  /** For each producer the number that follows its last acknowledged one. */
  resumeFrom(): readonly number[] {
    const from = Array<number>(PRODUCERS).fill(1)
    for (const ack of this.#acks.values()) from[ack.producer] = Math.max(from[ack.producer] ?? 1, ack.n + 1)
    return from
  }

  problems(): readonly string[] {
    using db = new DatabaseSync(this.#path, { readOnly: true, timeout: 5_000 })
    db.exec('BEGIN')
    return [...structure(db), ...this.#entries(db), ...units(db)]
  }

  #entries(db: DatabaseSync): readonly string[] {
    const found: string[] = []
    const rows = db.prepare(
      `SELECT e.seq, e.producer, e.client_id FROM log_entries e JOIN log_keys k ON k.id = e.key_id
       WHERE k.name = ? ORDER BY e.seq`,
    )
    const heads = db.prepare('SELECT head FROM log_keys WHERE name = ?')
    const stored = new Map<string, number>()
    for (let number = 0; number < KEYS; number++) {
      const key = keyOf(number)
      const last = new Map<string, string>()
      let position = 0
      for (const row of rows.all(key) as unknown as readonly Row[]) {
        position += 1
        if (row.seq !== position) found.push(`${key}: position ${row.seq} where ${position} was due`)
        const name = `${row.producer}/${row.client_id}`
        if (stored.has(name)) found.push(`${key}: ${name} is stored twice`)
        if ((last.get(row.producer) ?? '') >= row.client_id) found.push(`${key}: ${name} is out of order`)
        stored.set(name, row.seq)
        last.set(row.producer, row.client_id)
        position = row.seq
      }
      const head = Number(heads.get(key)?.['head'] ?? 0)
      if (head !== position) found.push(`${key}: the head is ${head}, the last entry ${position}`)
    }
    for (const [name, ack] of this.#acks) {
      const seq = stored.get(name)
      if (seq === undefined) found.push(`${name} was acknowledged at ${ack.seq} and is lost`)
      else if (seq !== ack.seq) found.push(`${name} was acknowledged at ${ack.seq} and is at ${seq}`)
    }
    return found.slice(0, 20)
  }
}

function structure(db: DatabaseSync): readonly string[] {
  const checked = db.prepare('PRAGMA quick_check(5)').all()
  return checked.map((row) => String(row['quick_check'])).filter((text) => text !== 'ok')
}

/** Each unit also sets `last_{producer}` to its number: the two must agree, or a unit was stored by half. */
function units(db: DatabaseSync): readonly string[] {
  const entries = db.prepare('SELECT max(client_id) AS last FROM log_entries WHERE producer = ?')
  const settings = db.prepare('SELECT value FROM settings WHERE name = ?')
  return Array.from({ length: PRODUCERS }, (_, producer) => {
    const entry = Number(entries.get(producerId(producer))?.['last'] ?? 0)
    const noted = Number(settings.get(settingName(producer))?.['value'] ?? 0)
    return entry === noted ? [] : [`producer ${producer}: last entry ${entry}, but its unit's setting says ${noted}`]
  }).flat()
}
