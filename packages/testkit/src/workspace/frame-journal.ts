/** What a reader makes of the frames it got: texts by message, rows by channel. Pure; knows nothing of sockets. */
import type { Message, ServerFrame } from '@parley/protocol/workspace'

interface LiveText {
  text: string
  ended: boolean
}

export class FrameJournal {
  readonly frames: ServerFrame[] = []
  readonly #live = new Map<string, LiveText>()
  readonly #rows = new Map<string, Message>()
  readonly #seen = new Map<string, number>()

  add(frame: ServerFrame): void {
    this.frames.push(frame)
    switch (frame.type) {
      case 'stream_start':
        this.#live.set(frame.data.messageId, { text: frame.data.content ?? '', ended: false })
        break
      case 'stream_chunk':
        this.#append(frame.data.messageId, frame.data.content)
        break
      case 'stream_end':
        this.#end(frame.data.messageId)
        break
      case 'message':
        this.#seen.set(frame.data.id, (this.#seen.get(frame.data.id) ?? 0) + 1)
        this.#rows.set(frame.data.id, frame.data)
        break
      case 'message_updated':
        this.#rows.set(frame.data.message.id, frame.data.message)
        break
      default:
    }
  }

  /** Takes over a whole channel read by HTTP. */
  replace(channelId: string, rows: readonly Message[]): void {
    // Rows that arrived while the page was on its way are newer than it and stay.
    const newest = rows.at(-1)?.seq ?? 0
    for (const { id, seq } of this.rows(channelId)) if (seq <= newest) this.#rows.delete(id)
    for (const row of rows) this.#rows.set(row.id, row)
  }

  /** Text assembled from `stream_start` and its chunks only; undefined when no stream of that id was seen. */
  streamed(messageId: string): string | undefined {
    return this.#live.get(messageId)?.text
  }

  /** True once `stream_end` came for the id. */
  ended(messageId: string): boolean {
    return this.#live.get(messageId)?.ended ?? false
  }

  /** How often a `message` frame with this id came. */
  timesSeen(messageId: string): number {
    return this.#seen.get(messageId) ?? 0
  }

  row(messageId: string): Message | undefined {
    return this.#rows.get(messageId)
  }

  /** Every row of every channel, ascending within a channel. */
  all(): Message[] {
    return [...this.#rows.values()].toSorted((a, b) => a.seq - b.seq)
  }

  /** The channel as this reader knows it, ascending. */
  rows(channelId: string): Message[] {
    return this.all().filter((row) => row.channelId === channelId)
  }

  /** Data of the `message` frames of a channel in the order they came, with repeats. */
  arrivals(channelId: string): Message[] {
    return this.frames.flatMap((frame) =>
      frame.type === 'message' && frame.data.channelId === channelId ? [frame.data] : [],
    )
  }

  /** One line per frame, for the message of a failed expectation. */
  dump(limit = 60): string {
    const start = Math.max(0, this.frames.length - limit)
    const lines = this.frames.slice(start).map((frame, i) => `  ${start + i}: ${JSON.stringify(frame).slice(0, 220)}`)
    return `${this.frames.length} frames received${start > 0 ? ` (last ${limit})` : ''}\n${lines.join('\n')}`
  }

  #append(messageId: string, content: string): void {
    const live = this.#live.get(messageId)
    // A resumed stream begins with a chunk when the reader named its offset: its text so far is already here.
    if (live === undefined) this.#live.set(messageId, { text: content, ended: false })
    else live.text += content
  }

  #end(messageId: string): void {
    const live = this.#live.get(messageId)
    if (live !== undefined) live.ended = true
  }
}
