import { hasCode } from '@parley/base'
import { enqueueWanted, lineFull } from '../agents/answer-job.ts'
import { bells, channelKey } from '../bells.ts'
import type { Uploads } from '../blobs/uploads.ts'
import { coreErrors } from '../errors.ts'
import type { Caller } from '../identity/caller.ts'
import type { Ledger } from '../ledger.ts'
import { type Access, reaches } from '../policy/access.ts'
import type { LogEntry, LogReader, WriteOp } from '../ports/index.ts'
import type { Stamps } from '../stamps.ts'
import { type Addressees, addresseesOf } from './addressing.ts'
import { type Changes, readChanges } from './changes.ts'
import { type ChannelMessage, encodeBody, type MessageBody, type MessageMetadata, messageOf } from './message.ts'
import { MessagePager, type Page } from './message-page.ts'
import { attachmentsOf, checkContent, checkNewMessage, type NewMessage, typeOf } from './new-message.ts'
import type { Roster } from './roster.ts'
import { messageNotFound, type VisibleMessage, visibleMessage } from './visible-message.ts'

export interface MessagesPorts {
  readonly log: LogReader
  readonly roster: Roster
  readonly access: Access
  readonly uploads: Uploads
  readonly ledger: Ledger
  readonly stamps: Stamps
}

export interface Posted {
  readonly id: string
  readonly seq: number
  /** True when the clientId was seen before; id and seq are those of the first message. */
  readonly duplicate: boolean
}

export interface MessagePageQuery {
  readonly channelId: string
  /** 1 to 100; 50. */
  readonly limit?: number | undefined
  /** Message ids, exclusive; at most one of the three. */
  readonly before?: string | undefined
  readonly after?: string | undefined
  readonly around?: string | undefined
}

export interface MessagePage {
  /** Ascending. */
  readonly messages: readonly ChannelMessage[]
  /** There are older ones. */
  readonly hasMore: boolean
  readonly hasNewer: boolean
  /** Head of the log, read before the page: reading on from it misses nothing. */
  readonly lastSeq: number
}

const DEFAULT_PAGE = 50
const MAX_PAGE = 100
const DEFAULT_BATCH = 200
const MAX_CONFLICTS = 8

/** The messages of channels. Appends and changes ring `channel:{id}`; asked-for answers also `answers:{id}` and `jobs:answer`. */
export class Messages {
  readonly #ports: MessagesPorts

  constructor(ports: MessagesPorts) {
    this.#ports = ports
  }

  /**
   * Stores a message, marks mentions and asks agents to answer, in one transaction.
   * Errors: `forbidden`, `rate_limited`, `invalid_message`, `message_too_long`, `channel_not_found`, `not_a_member`,
   * `message_not_found` (replyTo), `attachment_not_found`, `answers_waiting`.
   */
  async post(caller: Caller, input: NewMessage): Promise<Posted> {
    const { access, roster, uploads, ledger, stamps } = this.#ports
    access.role(caller, 'member')
    checkNewMessage(input)
    access.pace(caller)
    const { channel } = await access.member(caller, input.channelId)
    const key = channelKey(channel.id)
    const attachments = await attachmentsOf(uploads, input)
    const repliedAgentId = await this.#repliedAgent(key, input.replyTo)
    const text = input.content
    const addressees = await addresseesOf(roster, { channel, authorId: caller.userId, text, repliedAgentId })

    const id = stamps.id('msg')
    const metadata: MessageMetadata = {
      ...(attachments.length > 0 ? { attachments: [...attachments] } : {}),
      ...(input.replyTo === undefined ? {} : { replyTo: input.replyTo }),
      ...(addressees.mentions.length > 0 ? { mentions: [...addressees.mentions] } : {}),
      ...(input.clientId === undefined ? {} : { clientId: input.clientId }),
    }
    const body = { agentId: null, userId: caller.userId, type: typeOf(input, attachments), content: text, metadata }
    const append = {
      op: 'log.append',
      id,
      targets: [{ key }],
      producer: caller.userId,
      at: stamps.now(),
      body: encodeBody(body),
      ...(input.clientId === undefined ? {} : { clientId: input.clientId }),
    } as const
    const rest: WriteOp[] = mentionOps(channel.id, id, addressees.people).map((op) => ({ ...op, onlyIfNew: 0 }))
    for (const agentId of addressees.answerers) {
      const request = { channelId: channel.id, agentId, triggerId: id, askerId: caller.userId, hops: 0 }
      rest.push({ ...enqueueWanted(stamps, { ...request, messageId: stamps.id('msg') }), onlyIfNew: 0 })
    }
    const asked = addressees.answerers.length > 0
    const told = asked ? [bells.answers(channel.id)] : []
    const [appended] = await ledger.commit([append, ...rest], told).catch(lineFull)
    return { id: appended.id, seq: appended.seqs[0] ?? 0, duplicate: appended.duplicate }
  }

  /** One's own message. Errors: `forbidden`, `rate_limited`, `message_not_found`, `not_your_message`, `invalid_message`, `message_too_long`. */
  async edit(caller: Caller, messageId: string, content: string): Promise<ChannelMessage> {
    this.#ports.access.role(caller, 'member')
    this.#ports.access.pace(caller)
    return this.#changing(caller, messageId, async (found) => {
      const { message, channel } = found
      if (message.userId !== caller.userId) throw coreErrors.not_your_message()
      checkContent(content, (message.metadata.attachments ?? []).length > 0)
      if (content === message.content) return { body: message, ops: [] }
      const repliedAgentId = undefined
      const text = content
      const to = await addresseesOf(this.#ports.roster, { channel, authorId: caller.userId, text, repliedAgentId })
      return {
        body: editedBody(message, content, to, this.#isoNow()),
        ops: mentionOps(channel.id, messageId, to.people),
      }
    })
  }

  /** One's own, or any for those who run the channel. Leaves a tombstone; a running answer is stopped. Errors: `forbidden`, `message_not_found`, `not_your_message`. */
  async remove(caller: Caller, messageId: string): Promise<void> {
    this.#ports.access.role(caller, 'member')
    await this.#changing(caller, messageId, async (found) => {
      if (!mayRemove(caller, found)) throw coreErrors.not_your_message()
      const { answer } = found.message.metadata
      const jobId = answer?.status === 'streaming' ? answer.jobId : undefined
      const body: MessageBody = { ...found.message, type: 'text', content: '', metadata: { deletedAt: this.#isoNow() } }
      return { body, ops: jobId === undefined ? [] : [{ op: 'job.stop', id: jobId }] }
    })
  }

  /** Errors: `message_not_found`. */
  async get(caller: Caller, messageId: string): Promise<ChannelMessage> {
    return (await visibleMessage(this.#ports, caller, messageId)).message
  }

  /** A page of history. Errors: `channel_not_found`, `not_a_member`, `message_not_found` (unknown or foreign id), `invalid_page`. */
  async page(caller: Caller, query: MessagePageQuery): Promise<MessagePage> {
    const { access, log } = this.#ports
    const limit = checkedLimit(query.limit ?? DEFAULT_PAGE)
    const anchors = [query.before, query.after, query.around].filter((anchor) => anchor !== undefined)
    if (anchors.length > 1) throw invalidPage('Name at most one of before, after and around.')
    await access.member(caller, query.channelId)
    const key = channelKey(query.channelId)
    const { head } = await log.state(key)
    const anchor = anchors[0] === undefined ? undefined : await this.#inChannel(key, anchors[0])
    const page = await pageOf(new MessagePager(log, key), query, anchor, limit)
    const { entries, hasMore, hasNewer } = page
    return { messages: entries.map(messageOf), hasMore, hasNewer, lastSeq: head }
  }

  /**
   * Events after a position, for fan-out to sockets whose access `Channels.head` has checked: there is no caller here.
   * Errors: `log_below_floor`.
   */
  read(channelId: string, after: number, limit: number = DEFAULT_BATCH): Promise<Changes> {
    return readChanges(this.#ports.log, channelId, after, limit)
  }

  async #repliedAgent(key: string, replyTo: string | undefined): Promise<string | undefined> {
    if (replyTo === undefined) return undefined
    return messageOf(await this.#inChannel(key, replyTo)).agentId ?? undefined
  }

  async #inChannel(key: string, id: string): Promise<LogEntry> {
    const entry = await this.#ports.log.find(id, key)
    if (entry?.kind !== 'message') throw messageNotFound(id)
    return entry
  }

  /** Reads, lets `change` decide, writes; again when somebody else was faster. Deleted messages are not found. */
  async #changing(
    caller: Caller,
    id: string,
    change: (found: VisibleMessage) => Promise<{ readonly body: MessageBody; readonly ops: readonly WriteOp[] }>,
  ): Promise<ChannelMessage> {
    const { ledger, stamps } = this.#ports
    for (let conflicts = 0; ; conflicts++) {
      const found = await visibleMessage(this.#ports, caller, id)
      const { message, entry } = found
      if (message.metadata.deletedAt !== undefined) throw messageNotFound(id)
      const { body, ops } = await change(found)
      if (body === message) return message
      const revise = { op: 'log.revise', id, expectRevision: entry.revision, body: encodeBody(body) } as const
      const write = { ...revise, changeId: stamps.id('chg'), producer: caller.userId, at: stamps.now() }
      try {
        await ledger.commit([write, ...ops])
        return { ...message, ...body, revision: entry.revision + 1 }
      } catch (error) {
        if (!hasCode(error, 'log_conflict') || conflicts >= MAX_CONFLICTS) throw error
      }
    }
  }

  #isoNow(): string {
    return new Date(this.#ports.stamps.now()).toISOString()
  }
}

function mentionOps(channelId: string, messageId: string, people: readonly string[]) {
  return people.map((userId) => ({ op: 'mention.add' as const, channelId, userId, messageId }))
}

function editedBody(message: ChannelMessage, content: string, to: Addressees, editedAt: string): MessageBody {
  const { mentions: _before, ...kept } = message.metadata
  const mentions = to.mentions.length > 0 ? { mentions: [...to.mentions] } : {}
  return { ...message, content, metadata: { ...kept, ...mentions, editedAt } }
}

/** In a direct chat with an agent, its answers belong to the person as well. */
function mayRemove(caller: Caller, { message, channel, member }: VisibleMessage): boolean {
  if (message.userId === caller.userId || reaches(caller.role, 'admin')) return true
  return channel.type === 'dm' ? message.agentId !== null : member.role !== 'member'
}

function pageOf(
  pager: MessagePager,
  query: MessagePageQuery,
  anchor: LogEntry | undefined,
  limit: number,
): Promise<Page> {
  if (!anchor) return pager.newest(limit)
  if (query.before !== undefined) return pager.before(anchor.seq, limit)
  if (query.after !== undefined) return pager.after(anchor.seq, limit)
  return pager.around(anchor, limit)
}

function checkedLimit(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_PAGE) return limit
  throw invalidPage(`A page has 1 to ${MAX_PAGE} messages.`)
}

function invalidPage(reason: string): Error {
  return coreErrors.invalid_page({ details: { reason } })
}
