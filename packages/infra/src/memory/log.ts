import {
  type AdvanceCursorOp,
  type AdvanceCursorResult,
  type AppendOp,
  type AppendResult,
  type ChangeBody,
  COUNTED_ENTRIES,
  type KeyState,
  type LogEntry,
  type LogReader,
  type PageQuery,
  type ReviseOp,
  type ReviseResult,
  storeErrors,
  type TruncateOp,
} from '@parley/core/ports'
import { compositeKey, Table, type UndoLog } from './tables.ts'

interface Key extends KeyState {
  readonly name: string
}

/** Both sides of the log in memory. The write side runs inside a unit; the reads answer for the state between units. */
export class MemoryLog implements LogReader {
  readonly #keys: Table<Key>
  /** By key and position. */
  readonly #entries: Table<LogEntry>
  /** Where each entry id is, in the order of its targets. */
  readonly #places: Table<readonly { readonly key: string; readonly seq: number }[]>
  /** Entry id by key, producer and client id. */
  readonly #clients: Table<string>
  readonly #cursors: Table<number>

  constructor(undo: UndoLog) {
    this.#keys = new Table(undo)
    this.#entries = new Table(undo)
    this.#places = new Table(undo)
    this.#clients = new Table(undo)
    this.#cursors = new Table(undo)
  }

  async state(key: string): Promise<KeyState> {
    const { head, floor } = this.#key(key)
    return { head, floor }
  }

  async read(key: string, after: number, limit: number): Promise<readonly LogEntry[]> {
    const { floor } = this.#key(key)
    if (after < floor) throw storeErrors.log_below_floor({ details: { floor } })
    return this.#range(key, after).slice(0, Math.max(0, limit))
  }

  async page(query: PageQuery): Promise<readonly LogEntry[]> {
    const limit = Math.max(0, query.limit)
    const entries = this.#range(query.key, query.after ?? 0, query.before).filter(
      (entry) => query.kind === undefined || entry.kind === query.kind,
    )
    const fromOldest = query.after !== undefined && query.before === undefined
    return fromOldest ? entries.slice(0, limit) : entries.slice(Math.max(0, entries.length - limit))
  }

  async find(id: string, key?: string): Promise<LogEntry | undefined> {
    return this.#kept(id).find((entry) => key === undefined || entry.key === key)
  }

  async count(key: string, after: number, exceptProducer: string, cap: number): Promise<number> {
    const counted = this.#range(key, after)
      .slice(-COUNTED_ENTRIES)
      .filter((entry) => entry.kind === 'message' && entry.producer !== exceptProducer)
    return Math.min(counted.length, Math.max(0, cap))
  }

  async cursor(key: string, reader: string): Promise<number> {
    return this.#cursors.get(compositeKey(key, reader)) ?? 0
  }

  append(op: AppendOp): AppendResult {
    const [first] = op.targets
    if (!first) throw storeErrors.write_invalid({ details: { reason: 'an append needs at least one target' } })
    if (new Set(op.targets.map((target) => target.key)).size !== op.targets.length) {
      throw storeErrors.write_invalid({ details: { reason: 'the targets of an append are different keys' } })
    }
    const client = op.clientId === undefined ? undefined : compositeKey(first.key, op.producer, op.clientId)
    const earlier = client === undefined ? undefined : this.#earlier(client, first.key)
    if (earlier !== undefined) {
      const seqs = new Map(this.#kept(earlier).map((entry) => [entry.key, entry.seq]))
      return { id: earlier, duplicate: true, seqs: op.targets.map((target) => seqs.get(target.key) ?? 0) }
    }
    for (const target of op.targets) {
      const { head, floor } = this.#key(target.key)
      if (op.capacity !== undefined && head - floor >= op.capacity) {
        throw storeErrors.log_full({ details: { key: target.key } })
      }
    }
    const { id, producer, at, body } = op
    const shared = { id, kind: op.kind ?? 'message', producer, clientId: op.clientId ?? null, at, body, revision: 0 }
    const places = op.targets.map((target) => ({ key: target.key, seq: this.#next(target.key) }))
    this.#places.insert(id, places)
    for (const [index, place] of places.entries()) {
      const extra = op.targets[index]?.extra ?? null
      this.#entries.set(compositeKey(place.key, place.seq), { ...shared, ...place, extra })
    }
    if (client !== undefined) this.#clients.set(client, id)
    return { id, duplicate: false, seqs: places.map((place) => place.seq) }
  }

  revise(op: ReviseOp): ReviseResult {
    const entries = this.#kept(op.id)
    const first = entries[0]
    if (first === undefined || first.kind !== 'message') throw storeErrors.log_not_found({ details: { id: op.id } })
    if (op.expectRevision !== undefined && op.expectRevision !== first.revision) {
      throw storeErrors.log_conflict({ details: { id: op.id } })
    }
    const revision = first.revision + 1
    const { changeId: id, producer, at } = op
    const changes = entries.map((entry) => {
      this.#entries.set(compositeKey(entry.key, entry.seq), { ...entry, body: op.body, revision })
      const change = { key: entry.key, seq: this.#next(entry.key) }
      const body = JSON.stringify({ id: entry.id, seq: entry.seq, revision } satisfies ChangeBody)
      const rest = { id, kind: 'change', producer, clientId: null, at, body, extra: null, revision: 0 } as const
      this.#entries.set(compositeKey(change.key, change.seq), { ...rest, ...change })
      return change
    })
    this.#places.insert(id, changes)
    return { revision, changes }
  }

  truncate(op: Pick<TruncateOp, 'key' | 'upTo'>): { readonly floor: number } {
    const key = this.#key(op.key)
    const floor = Math.max(key.floor, Math.min(op.upTo, key.head))
    for (let seq = key.floor + 1; seq <= floor; seq++) this.#entries.delete(compositeKey(op.key, seq))
    if (floor !== key.floor) this.#keys.set(op.key, { ...key, floor })
    return { floor }
  }

  advanceCursor(op: AdvanceCursorOp): AdvanceCursorResult {
    if (!Number.isSafeInteger(op.seq) || op.seq < 0) {
      throw storeErrors.write_invalid({ details: { reason: 'a position is a whole number from 0' } })
    }
    const { head } = this.#key(op.key)
    if (op.seq > head) throw storeErrors.cursor_past_head({ details: { seq: op.seq, head } })
    const cursor = compositeKey(op.key, op.reader)
    const seq = Math.max(this.#cursors.get(cursor) ?? 0, op.seq)
    this.#cursors.set(cursor, seq)
    return { seq }
  }

  /** Position of the entry in its first target that still holds it. */
  place(id: string): { readonly key: string; readonly seq: number } | undefined {
    return this.#kept(id)[0]
  }

  #key(name: string): Key {
    return this.#keys.get(name) ?? { name, head: 0, floor: 0 }
  }

  #next(name: string): number {
    const key = this.#key(name)
    this.#keys.set(name, { ...key, head: key.head + 1 })
    return key.head + 1
  }

  /** The stored entry of a client id, unless retention has taken it from the key that was asked. */
  #earlier(client: string, key: string): string | undefined {
    const id = this.#clients.get(client)
    return id !== undefined && this.#kept(id).some((entry) => entry.key === key) ? id : undefined
  }

  #kept(id: string): readonly LogEntry[] {
    const places = this.#places.get(id) ?? []
    return places.flatMap((place) => this.#entries.get(compositeKey(place.key, place.seq)) ?? [])
  }

  #range(name: string, after: number, before = Number.MAX_SAFE_INTEGER): readonly LogEntry[] {
    const { head, floor } = this.#key(name)
    const entries: LogEntry[] = []
    for (let seq = Math.max(after, floor) + 1; seq <= head && seq < before; seq++) {
      entries.push(this.#entries.get(compositeKey(name, seq)) as LogEntry)
    }
    return entries
  }
}
