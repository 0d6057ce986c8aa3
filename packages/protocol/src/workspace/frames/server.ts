/**
 * Frames the server sends on `/ws` (spec/workspace §1.4). Plain types: the server builds them, it does not parse them.
 * `message`, `stream_*`, `tool_*` and `collab_status` follow the documented examples; optional fields and other frames are extensions.
 */
import type { ToolStep } from '../../shared/answer.ts'
import type { PendingAnswer } from '../answers/list.ts'
import type { Message } from '../model/message.ts'

export interface AuthOkFrame {
  readonly type: 'auth_ok'
  readonly userId: string
}
export interface PongFrame {
  readonly type: 'pong'
}
/** A new message. Also sent with the finished text after `stream_end`, under the answer's id: clients replace by id. */
export interface MessageFrame {
  readonly type: 'message'
  readonly data: Message
}
/** Extension: a stored message has changed (edit, deletion, answer restarted or finished elsewhere). `seq` is the position of the change. */
export interface MessageUpdatedFrame {
  readonly type: 'message_updated'
  readonly data: { readonly message: Message; readonly seq: number }
}
export interface StreamStartFrame {
  readonly type: 'stream_start'
  readonly data: {
    readonly messageId: string
    readonly channelId: string
    readonly agentId: string
    /** Extension: the text so far for a late subscriber; chunks continue it. */
    readonly content?: string
    readonly reasoning?: string
    readonly tools?: readonly ToolStep[]
    /** Extension: log position of the answer's row. */
    readonly seq?: number
    readonly createdAt?: string
    readonly triggerId?: string
    readonly model?: string
  }
}
export interface StreamChunkFrame {
  readonly type: 'stream_chunk'
  /** `content` is only the new piece. */
  readonly data: { readonly messageId: string; readonly content: string }
}
/** Extension: a piece of the model's reasoning. */
export interface StreamReasoningFrame {
  readonly type: 'stream_reasoning'
  readonly data: { readonly messageId: string; readonly content: string }
}
export interface StreamEndFrame {
  readonly type: 'stream_end'
  readonly data: { readonly messageId: string }
}
export interface ToolCallFrame {
  readonly type: 'tool_call'
  readonly data: {
    readonly messageId: string
    readonly toolName: string
    readonly arguments: Readonly<Record<string, unknown>>
    readonly status: 'calling' | 'completed' | 'error'
    /** Extension: pairs parallel calls. */
    readonly callId?: string
    readonly durationMs?: number
    readonly at?: number
  }
}
export interface ToolResultFrame {
  readonly type: 'tool_result'
  readonly data: {
    readonly messageId: string
    readonly toolName: string
    readonly result: string
    readonly callId?: string
  }
}
export interface CollabStatusFrame {
  readonly type: 'collab_status'
  readonly data: {
    readonly chainId: string
    readonly currentAgent: string
    readonly step: number
    readonly totalSteps: number
    readonly status: 'running' | 'paused' | 'completed' | 'error'
    readonly channelId?: string
  }
}
/** Extension: `lastSeq` is the head at the moment the subscription began. */
export interface SubscribedFrame {
  readonly type: 'subscribed'
  readonly channelId: string
  readonly lastSeq: number
}
export interface UnsubscribedFrame {
  readonly type: 'unsubscribed'
  readonly channelId: string
}
/** Extension: answer to `send`. */
export interface SentFrame {
  readonly type: 'sent'
  readonly ref: string
  readonly id: string
  readonly seq: number
}
/** Extension: the waiting and running answers of a channel after each change. */
export interface AnswersFrame {
  readonly type: 'answers'
  readonly data: { readonly channelId: string; readonly answers: readonly PendingAnswer[] }
}
/** Extension: this socket read too slowly and was skipped ahead; fetch messages after `after` by HTTP, then subscribe again from there. */
export interface LaggedFrame {
  readonly type: 'lagged'
  readonly data: { readonly channelId: string; readonly after: number }
}
/** Extension: sent to every socket of a person when something outside their subscriptions changed: reload what `topic` names. */
export interface ChangedFrame {
  readonly type: 'changed'
  readonly data: {
    readonly topic: 'channels' | 'channel' | 'agents' | 'settings' | 'users' | 'read'
    readonly id?: string
    /** With topic `channel`: its newest position, so that a list can show an unread mark without a request. */
    readonly lastSeq?: number
  }
}
export interface TypingFrame {
  readonly type: 'typing'
  readonly data: { readonly channelId: string; readonly userId: string }
}
export interface PresenceFrame {
  readonly type: 'presence'
  readonly data: { readonly userId: string; readonly status: 'online' | 'offline' }
}
/** `code` is the HTTP status with the same meaning; `ref` or `channelId` names what it answers. */
export interface ErrorFrame {
  readonly type: 'error'
  readonly code: number
  readonly error: string
  readonly ref?: string
  readonly channelId?: string
  readonly retryAfter?: number
}

export type ServerFrame =
  | AuthOkFrame
  | PongFrame
  | MessageFrame
  | MessageUpdatedFrame
  | StreamStartFrame
  | StreamChunkFrame
  | StreamReasoningFrame
  | StreamEndFrame
  | ToolCallFrame
  | ToolResultFrame
  | CollabStatusFrame
  | SubscribedFrame
  | UnsubscribedFrame
  | SentFrame
  | AnswersFrame
  | LaggedFrame
  | ChangedFrame
  | TypingFrame
  | PresenceFrame
  | ErrorFrame

/** Close codes of the Workspace dialect. */
export const closeCodes = { unauthorized: 4401, sessionEnded: 4403, tooManyErrors: 4408, shutdown: 1012 } as const
