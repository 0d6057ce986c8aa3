/**
 * A seat is how an agent sits in a conversation: the same narrow interface for a workspace channel, an AUN peer,
 * an AICQ room or a QQ group. The runtime owns this interface; hosts implement it (server/seats, later seats/onebot …).
 */
import type { Failure, ToolStep, Usage } from '@parley/protocol/shared'

export interface SeatMember {
  readonly id: string
  readonly kind: 'person' | 'agent'
  readonly name: string
  /** Further names a mention may use. */
  readonly aliases: readonly string[]
  readonly description: string
}

export interface Conversation {
  readonly id: string
  readonly name: string
  readonly kind: 'direct' | 'group'
  readonly members: readonly SeatMember[]
}

export interface SeatFile {
  /** Opaque reference for {@link Seat.readFile}. */
  readonly ref: string
  readonly name: string
  readonly mime: string
  /** Bytes. */
  readonly size: number
}

export interface SeatMessage {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly author: { readonly id: string; readonly kind: 'person' | 'agent' | 'system'; readonly name: string }
  readonly text: string
  readonly files: readonly SeatFile[]
  /** Id of the message this one replies to. */
  readonly replyTo?: string
}

export interface AgentProfile {
  readonly id: string
  readonly name: string
  readonly description: string
  /** Persona, the text of SOUL.md. */
  readonly soul: string
  /** `provider/model`; empty means the default model. */
  readonly model: string
  /** Names of the tools it was granted. */
  readonly tools: readonly string[]
}

/** One answer of one agent, leased to this process. */
export interface Turn {
  readonly id: string
  readonly conversationId: string
  readonly agentId: string
  /** Message that asked for the answer. */
  readonly triggerId: string
  /** Person on whose behalf the agent acts: tools may do only what both may. */
  readonly asker: { readonly id: string; readonly role: 'owner' | 'admin' | 'member' | 'guest' }
  /** Model chosen for this turn only. */
  readonly model?: string
  readonly seat: Seat
  /** Aborts with reason `'stopped'` when somebody stops the answer, with `'lease-lost'` when another worker took it over. */
  readonly signal: AbortSignal
}

export interface Seat {
  conversation(): Promise<Conversation>
  /** Undefined when the agent no longer exists or is disabled. Read anew for each permission check. */
  agent(agentId: string): Promise<AgentProfile | undefined>
  /** Agents outside the conversation that may be asked for help by name; absent means members only. */
  agents?(): Promise<readonly SeatMember[]>
  /** The newest `limit` messages before the answer (exclusive), ascending. Includes colleagues' messages; no running or failed answers without text. */
  history(limit: number): Promise<readonly SeatMessage[]>
  /** Undefined when the file is gone. */
  readFile(ref: string): Promise<Uint8Array | undefined>
  /**
   * Opens the answer: its row becomes visible as "streaming".
   * Undefined when there is nothing to answer any more (trigger deleted, agent gone, or an earlier attempt already showed
   * text and was closed as a visible, retryable failure).
   */
  begin(): Promise<AnswerSink | undefined>
}

/** Where an answer is written while it runs. The three writers never block: the host coalesces and persists. */
export interface AnswerSink {
  readonly messageId: string
  text(delta: string): void
  reasoning(delta: string): void
  /** Called when a step starts and again, with the same callId, when it ends. */
  tool(step: ToolStep): void
  /** Forgets what was written, e.g. before a second try with another model. */
  restart(): void
  /** Names the model that writes, for display while it runs. */
  model(id: string): void
  /** Stores the final message and ends the turn in one transaction. */
  finish(outcome: Outcome): Promise<void>
}

export interface Outcome {
  readonly status: 'done' | 'stopped' | 'failed'
  readonly text: string
  readonly reasoning: string
  readonly tools: readonly ToolStep[]
  /** `provider/model`. */
  readonly model: string
  readonly usage: Usage
  readonly durationMs: number
  readonly failure?: Failure
}

/** Supplies leased turns. At most one turn per conversation is out at any time. */
export interface TurnSource {
  claim(limit: number): Promise<readonly Turn[]>
  /** Resolves when a claim may succeed again (a bell, an ended turn, or a poll interval); rejects when `signal` aborts. */
  wait(signal: AbortSignal): Promise<void>
}
