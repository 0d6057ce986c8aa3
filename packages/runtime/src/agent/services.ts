/** What a turn shares with the agents that write it: the answering one and the colleagues it calls. */
import type { Clock, Logger } from '@parley/base'
import type { Usage } from '@parley/protocol/shared'
import type { ImageConverter } from '../models/image-converter.ts'
import type { ModelRouter } from '../models/model-router.ts'
import type { Conversation, Seat, SeatMember, Turn } from '../seat.ts'
import type { ToolRegistry } from '../tools/registry.ts'
import type { TurnLimits } from '../turns/limits.ts'
import type { TurnObserver } from '../turns/observer.ts'

/** The host's parts, the same for all turns. */
export interface AgentServices {
  readonly models: ModelRouter
  readonly tools: ToolRegistry
  readonly clock: Clock
  readonly logger: Logger
  readonly limits: TurnLimits
  /** Without one, pictures of a type the model does not take are only named. */
  readonly convertImage: ImageConverter | undefined
  /** Never throws. */
  readonly observer: Required<TurnObserver>
}

/** One turn, as the agents in it see it. */
export interface TurnScope {
  readonly turn: Pick<Turn, 'id' | 'conversationId' | 'triggerId' | 'asker' | 'agentId'>
  readonly seat: Seat
  readonly conversation: Conversation
  /** The agents that may be asked for help: those of the conversation, then others the seat offers. */
  readonly colleagues: readonly SeatMember[]
  readonly signal: AbortSignal
  /** Something happened: the turn is alive. */
  readonly touch: () => void
  /** Counted over all agents of the turn. */
  readonly meter: TurnMeter
}

export class TurnMeter {
  #usage: Usage = { inputTokens: 0, outputTokens: 0 }
  #calls = 0
  readonly #repeats = new Map<string, number>()

  get usage(): Usage {
    return this.#usage
  }
  /** Tool calls so far. */
  get calls(): number {
    return this.#calls
  }

  addUsage(usage: Usage): void {
    this.#usage = {
      inputTokens: this.#usage.inputTokens + usage.inputTokens,
      outputTokens: this.#usage.outputTokens + usage.outputTokens,
    }
  }

  countCall(): void {
    this.#calls++
  }

  /** How often this call was asked for, this time included. */
  repeat(signature: string): number {
    const times = (this.#repeats.get(signature) ?? 0) + 1
    this.#repeats.set(signature, times)
    return times
  }
}
