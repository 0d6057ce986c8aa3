/** What the scripted server answers, as data. Built by {@link say}, {@link callTools}, {@link refuse} and their kin. */
import type { Gate } from './gate.ts'

export interface ScriptedToolCall {
  /** Default `call_{n}`; null leaves the id out of the wire, as some servers do. */
  readonly id?: string | null
  readonly name: string
  /** An object is sent as its JSON, a string as it stands (so it may be broken). */
  readonly arguments?: string | Readonly<Record<string, unknown>>
}

/** How a reply travels. All times in milliseconds. */
export interface Delivery {
  /** Delay before the status line. */
  readonly firstByteMs?: number
  /** Delay before each chunk after the first. */
  readonly paceMs?: number
  /** Waits for the gate before chunk number `gateAfter` (default 1: the first chunk is out). */
  readonly gate?: Gate
  readonly gateAfter?: number
  /** After this many chunks nothing more is sent; the socket stays open. */
  readonly stallAfter?: number
  /** After this many chunks the connection is reset (0: headers are out, no chunk is). */
  readonly resetAfter?: number
  /** Leaves `data: [DONE]` out. */
  readonly omitDone?: boolean
  /** Leaves the chunk with `finish_reason` out, as a cut stream does. */
  readonly omitFinish?: boolean
  /** Writes the stream in pieces of this many bytes, cutting lines and UTF-8 sequences. */
  readonly byteSize?: number
}

export interface Completion extends Delivery {
  readonly kind: 'completion'
  readonly text?: string
  /** Characters per text chunk; default: all in one. */
  readonly chunkSize?: number
  readonly reasoning?: string
  /** Field the reasoning travels in; default `reasoning_content`. */
  readonly reasoningField?: 'reasoning_content' | 'reasoning'
  readonly toolCalls?: readonly ScriptedToolCall[]
  /** Characters per chunk of tool arguments; default: all in one. */
  readonly argumentsChunkSize?: number
  /** Default `stop`, or `tool_calls` when there are some. */
  readonly finishReason?: string
  /** Null sends no usage at all; default counts words roughly. */
  readonly usage?: { readonly input: number; readonly output: number } | null
  /** Model name in the reply; default the requested one. */
  readonly model?: string
  /** In-band error sent instead of the finish chunk. */
  readonly errorChunk?: unknown
}

export interface HttpReply {
  readonly kind: 'http'
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** An object is sent as JSON. */
  readonly body: string | object
  readonly firstByteMs?: number
}

/** A 200 event stream with exactly these bytes. */
export interface RawStream extends Delivery {
  readonly kind: 'raw'
  readonly chunks: readonly string[]
}

/** The connection is reset before any byte. */
export interface Reset {
  readonly kind: 'reset'
}

/** No byte is ever sent. */
export interface Silence {
  readonly kind: 'silence'
}

export type Reply = Completion | HttpReply | RawStream | Reset | Silence

/** A plain text answer. */
export function say(text: string, options: Omit<Completion, 'kind' | 'text'> = {}): Completion {
  return { kind: 'completion', text, ...options }
}

/** An answer that asks for tools, optionally after some text (`text` in the options). */
export function callTools(
  calls: readonly ScriptedToolCall[],
  options: Omit<Completion, 'kind' | 'toolCalls'> = {},
): Completion {
  return { kind: 'completion', toolCalls: calls, ...options }
}

/** An HTTP error in OpenAI's shape. */
export function refuse(
  status: number,
  message = `status ${status}`,
  extra: { readonly code?: string; readonly type?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): HttpReply {
  const { headers, code = null, type = 'error' } = extra
  return {
    kind: 'http',
    status,
    ...(headers === undefined ? {} : { headers }),
    body: { error: { message, type, param: null, code } },
  }
}

/** Any other HTTP reply, e.g. an HTML page of a proxy. */
export function http(status: number, body: string | object, headers: Readonly<Record<string, string>> = {}): HttpReply {
  return { kind: 'http', status, body, headers }
}

/** A 200 event stream made of the given text, written chunk by chunk. */
export function rawStream(chunks: readonly string[], delivery: Delivery = {}): RawStream {
  return { kind: 'raw', chunks, ...delivery }
}

export const reset: Reset = { kind: 'reset' }
export const silence: Silence = { kind: 'silence' }
