/** The message of a channel: a log entry of kind `message` whose body is the JSON of {@link MessageBody}. */
import type { Failure, ToolStep, Usage } from '@parley/protocol/shared'
import { channelOfKey } from '../bells.ts'
import type { LogEntry } from '../ports/index.ts'

export type MessageType = 'text' | 'image' | 'file' | 'tool_call' | 'tool_result'

export type Attachment = {
  url: string
  name: string
  mime: string
  /** Bytes. */
  size: number
  width?: number
  height?: number
}

export type AnswerStatus = 'streaming' | 'done' | 'stopped' | 'failed'

export type AnswerInfo = {
  status: AnswerStatus
  /** `provider/model`. */
  model?: string
  reasoning?: string
  tools?: ToolStep[]
  usage?: Usage
  durationMs?: number
  failure?: Failure
  /** The message that asked for this answer. */
  triggerId?: string
  /** Colleague whose message triggered the answer. */
  calledBy?: string
  /** Agent-to-agent steps since a person last spoke. */
  hops?: number
  /** Only while it streams: the job that writes it. */
  jobId?: string
}

export type Notice = { code: string; values?: Record<string, string | number> }

export type MessageMetadata = {
  attachments?: Attachment[]
  replyTo?: string
  /** Ids of the people and agents mentioned, in order; the word `all` stands for everybody. */
  mentions?: string[]
  clientId?: string
  /** ISO 8601, UTC. */
  editedAt?: string
  /** ISO 8601, UTC. The message is a tombstone: its content is empty. */
  deletedAt?: string
  answer?: AnswerInfo
  notice?: Notice
}

export interface MessageBody {
  readonly agentId: string | null
  readonly userId: string | null
  readonly type: MessageType
  readonly content: string
  readonly metadata: MessageMetadata
}

export interface ChannelMessage extends MessageBody {
  readonly id: string
  readonly channelId: string
  /** Position in the channel's log. */
  readonly seq: number
  /** Milliseconds since the epoch. */
  readonly at: number
  /** 0 for the first body, then counts changes. */
  readonly revision: number
}

export function encodeBody(body: MessageBody): string {
  return JSON.stringify({
    agentId: body.agentId,
    userId: body.userId,
    type: body.type,
    content: body.content,
    metadata: body.metadata,
  })
}

/** Reads an entry of kind `message`. The body was written by {@link encodeBody}, so it is not validated again. */
export function messageOf(entry: LogEntry): ChannelMessage {
  const body = JSON.parse(entry.body) as MessageBody
  return {
    id: entry.id,
    channelId: channelOfKey(entry.key) ?? entry.key,
    seq: entry.seq,
    at: entry.at,
    revision: entry.revision,
    agentId: body.agentId,
    userId: body.userId,
    type: body.type,
    content: body.content,
    metadata: body.metadata,
  }
}
