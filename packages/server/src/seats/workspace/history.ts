import { type ChannelMessage, channelKey, messageOf, type Roster } from '@parley/core'
import type { LogReader } from '@parley/core/ports'
import type { SeatFile, SeatMessage } from '@parley/runtime'

export interface HistoryPorts {
  readonly log: LogReader
  readonly roster: Roster
}

/** Pages read at most to find enough messages with text. */
const MAX_PAGES = 4
const MAX_LIMIT = 500

/**
 * The newest messages of a channel before `before` (exclusive; absent: before its head), ascending, labelled by author.
 * Left out: deleted messages, notices of the system, answers that run, and answers without text.
 */
export async function readHistory(
  ports: HistoryPorts,
  channelId: string,
  limit: number,
  before: number | undefined,
): Promise<readonly SeatMessage[]> {
  const wanted = Math.min(Math.max(0, limit), MAX_LIMIT)
  const found: ChannelMessage[] = []
  let upTo = before
  for (let page = 0; page < MAX_PAGES && found.length < wanted; page++) {
    const range = upTo === undefined ? {} : { before: upTo }
    const entries = await ports.log.page({ key: channelKey(channelId), ...range, limit: wanted, kind: 'message' })
    found.unshift(...entries.map(messageOf).filter(isReadable))
    upTo = entries[0]?.seq
    if (entries.length < wanted) break
  }
  const authors = new Authors(ports.roster)
  const newest = wanted === 0 ? [] : found.slice(-wanted)
  return Promise.all(newest.map(async (message) => seatMessageOf(message, await authors.of(message))))
}

function isReadable({ content, metadata }: ChannelMessage): boolean {
  if (metadata.deletedAt !== undefined || metadata.notice || metadata.answer?.status === 'streaming') return false
  return content.trim() !== '' || (metadata.attachments ?? []).length > 0
}

function seatMessageOf(message: ChannelMessage, author: SeatMessage['author']): SeatMessage {
  const { id, at, content, metadata } = message
  const files = (metadata.attachments ?? []).map(
    ({ url, name, mime, size }): SeatFile => ({ ref: url, name, mime, size }),
  )
  return {
    id,
    at,
    author,
    text: content,
    files,
    ...(metadata.replyTo === undefined ? {} : { replyTo: metadata.replyTo }),
  }
}

/** Names of authors, each looked up once. Somebody who is gone keeps their id as a name. */
class Authors {
  readonly #roster: Roster
  readonly #known = new Map<string, Promise<SeatMessage['author']>>()

  constructor(roster: Roster) {
    this.#roster = roster
  }

  of({ agentId, userId }: ChannelMessage): Promise<SeatMessage['author']> {
    const id = agentId ?? userId ?? 'system'
    const known = this.#known.get(id)
    if (known) return known
    const author = this.#find(agentId, userId)
    this.#known.set(id, author)
    return author
  }

  async #find(agentId: string | null, userId: string | null): Promise<SeatMessage['author']> {
    if (agentId !== null) {
      return { id: agentId, kind: 'agent', name: (await this.#roster.agent(agentId))?.name ?? agentId }
    }
    if (userId === null) return { id: 'system', kind: 'system', name: 'system' }
    return { id: userId, kind: 'person', name: (await this.#roster.person(userId))?.name ?? userId }
  }
}
