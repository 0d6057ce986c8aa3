import type { LogEntry, LogReader } from '../ports/index.ts'

export interface Page {
  /** Ascending. */
  readonly entries: readonly LogEntry[]
  readonly hasMore: boolean
  readonly hasNewer: boolean
}

/** Pages over the messages of one key; one entry more than asked for is read to learn whether there are more. */
export class MessagePager {
  readonly #log: LogReader
  readonly #key: string

  constructor(log: LogReader, key: string) {
    this.#log = log
    this.#key = key
  }

  async newest(limit: number): Promise<Page> {
    const found = await this.#older(undefined, limit)
    return { ...found, hasNewer: false }
  }

  async before(seq: number, limit: number): Promise<Page> {
    const found = await this.#older(seq, limit)
    return { ...found, hasNewer: true }
  }

  async after(seq: number, limit: number): Promise<Page> {
    const found = await this.#newer(seq, limit)
    return { ...found, hasMore: true }
  }

  /** `target` in the middle, as far as there is text on both sides. */
  async around(target: LogEntry, limit: number): Promise<Page> {
    const half = Math.floor((limit - 1) / 2)
    const older = await this.#older(target.seq, half)
    const newer = await this.#newer(target.seq, limit - 1 - older.entries.length)
    return {
      entries: [...older.entries, target, ...newer.entries],
      hasMore: older.hasMore,
      hasNewer: newer.hasNewer,
    }
  }

  async #older(before: number | undefined, limit: number): Promise<Pick<Page, 'entries' | 'hasMore'>> {
    const range = before === undefined ? {} : { before }
    const entries = await this.#log.page({ key: this.#key, ...range, limit: limit + 1, kind: 'message' })
    const hasMore = entries.length > limit
    return { entries: hasMore ? entries.slice(entries.length - limit) : entries, hasMore }
  }

  async #newer(after: number, limit: number): Promise<Pick<Page, 'entries' | 'hasNewer'>> {
    const entries = await this.#log.page({ key: this.#key, after, limit: limit + 1, kind: 'message' })
    return { entries: entries.slice(0, limit), hasNewer: entries.length > limit }
  }
}
