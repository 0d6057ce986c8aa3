/**
 * One chat model as the agents see it: messages in, one kind of stream part out, failures as declared errors.
 * Everything vendor-specific stays below this port.
 */
import type { Usage } from '@parley/protocol/shared'

export interface ModelImage {
  readonly bytes: Uint8Array
  readonly mime: string
  readonly name: string
}

export interface ModelToolCall {
  readonly callId: string
  readonly name: string
  /** JSON as the model wrote it: may be broken. */
  readonly argumentsText: string
  /** What the provider wants to see again with this call; never looked into above the port. */
  readonly echo?: unknown
}

export type ModelMessage =
  | { readonly role: 'system'; readonly text: string }
  | { readonly role: 'user'; readonly text: string; readonly images?: readonly ModelImage[] }
  | {
      readonly role: 'assistant'
      readonly text: string
      /** Only reasoning the server itself sent apart from the text: some want it back within a turn. */
      readonly reasoning?: string
      readonly toolCalls?: readonly ModelToolCall[]
    }
  | { readonly role: 'tool'; readonly callId: string; readonly toolName: string; readonly text: string }

/** A tool as it is offered to a model. */
export interface OfferedTool {
  readonly name: string
  readonly description: string
  /** JSON Schema of the arguments; an object schema. */
  readonly parameters: Readonly<Record<string, unknown>>
}

export interface ModelRequest {
  readonly messages: readonly ModelMessage[]
  readonly tools: readonly OfferedTool[]
  /** True on the last call of a turn: the tools were used, but may not be called again. */
  readonly withoutTools?: boolean
}

export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'other'

export type StreamPart =
  | { readonly type: 'text-delta'; readonly text: string }
  /** `inline`: it stood in tags within the text, not in a field of its own. */
  | { readonly type: 'reasoning-delta'; readonly text: string; readonly inline?: boolean }
  /** The text of this call so far was reasoning: a closing tag came without an opening one. */
  | { readonly type: 'retract' }
  | { readonly type: 'tool-call'; readonly call: ModelToolCall }
  /** Always the last part. `usage` is undefined when the server did not say. */
  | { readonly type: 'finish'; readonly reason: FinishReason; readonly usage: Usage | undefined }

export interface ModelTraits {
  /** `false`: known to be text-only; `undefined`: unknown, try. */
  readonly vision: boolean | undefined
  /** Tokens. A conservative guess when nobody knows. */
  readonly contextWindow: number
  /** Image types the server accepts. */
  readonly imageTypes: readonly string[]
}

export interface LanguageModel {
  /** `provider/model`. */
  readonly id: string
  readonly traits: ModelTraits
  /**
   * One attempt. Throws the errors of `models/failures.ts`; when `signal` aborts, its reason.
   * Never retries: whether a repeat is safe depends on what was shown, which only the caller knows.
   */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<StreamPart>
}
