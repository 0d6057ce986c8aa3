/** A request the server received, kept for assertions. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

export interface WireMessage {
  readonly role: string
  readonly content?: string | null | readonly WirePart[]
  readonly tool_calls?: readonly {
    readonly id: string
    readonly function: { readonly name: string; readonly arguments: string }
  }[]
  readonly tool_call_id?: string
  readonly reasoning_content?: string
}

export interface WirePart {
  readonly type: string
  readonly text?: string
  readonly image_url?: { readonly url: string }
}

/** The fields of a chat completion request tests look at; `body` holds everything. */
export interface ChatBody {
  readonly model: string
  readonly messages: readonly WireMessage[]
  readonly stream?: boolean
  readonly stream_options?: { readonly include_usage?: boolean }
  readonly tools?: readonly { readonly function: { readonly name: string; readonly parameters: unknown } }[]
  readonly tool_choice?: unknown
  readonly max_tokens?: number
}

export interface RecordedRequest {
  /** 0-based, over all requests of this server. */
  readonly index: number
  readonly method: string
  /** Path with query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** Parsed JSON, or undefined. */
  readonly body: unknown
  /** The body as a chat completion request; only meaningful on a completion path. */
  readonly chat: ChatBody
  /** Resolves when the client goes away before the reply is complete. */
  readonly abandoned: Promise<void>
  /** True once the client went away before the reply was complete. */
  readonly isAbandoned: boolean
}

/** Reads the whole body; undefined when it is not JSON. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
}

/** All text of a message, parts joined. */
export function textOf(message: WireMessage | undefined): string {
  if (message?.content === undefined || message.content === null) return ''
  if (typeof message.content === 'string') return message.content
  return message.content.map((part) => part.text ?? '').join('')
}

/** The text of the last user message. */
export function lastUserText(request: RecordedRequest): string {
  return textOf(request.chat?.messages?.findLast((message) => message.role === 'user'))
}
