/** What a host may count. Never told message texts. All methods must return at once; what they throw is dropped. */
import type { FailureClass, Usage } from '@parley/protocol/shared'

export interface TurnObserver {
  turnStarted?(): void
  turnEnded?(event: TurnEnded): void
  modelCalled?(event: ModelCalled): void
  toolCalled?(event: ToolCalled): void
  /** A model named a tool its agent, or the person it acts for, may not use; the tool did not run. */
  toolDenied?(event: ToolDenied): void
}

export interface TurnEnded {
  /** `abandoned`: the lease was lost, another worker has it. */
  readonly status: 'done' | 'stopped' | 'failed' | 'abandoned'
  readonly failure?: FailureClass
  /** `provider/model`. */
  readonly model: string
  readonly durationMs: number
  readonly usage: Usage
}

export interface ModelCalled {
  readonly model: string
  readonly outcome: 'ok' | 'aborted' | FailureClass
  readonly durationMs: number
  /** Until the first part; absent when none came. */
  readonly firstPartMs?: number
  readonly usage?: Usage
}

export interface ToolCalled {
  readonly tool: string
  readonly outcome: 'ok' | 'error'
  readonly durationMs: number
}

export interface ToolDenied {
  readonly tool: string
  readonly agentId: string
  readonly askerId: string
  readonly conversationId: string
}
