import { hasCode, type Logger } from '@parley/base'
import type { AnswerTurns, AnswerWriter } from '@parley/core'
import type { ToolStep } from '@parley/protocol/shared'
import type { AnswerSink, Outcome } from '@parley/runtime'
import type { HeldLease } from './held-lease.ts'

export interface SinkPorts {
  readonly turns: AnswerTurns
  readonly logger: Logger
}

const CUT_MESSAGE = 'The answer grew too long and was cut.'

/** Where a turn writes its answer: live text in memory, the end in one transaction. */
export class WorkspaceAnswerSink implements AnswerSink {
  readonly messageId: string
  readonly #held: HeldLease
  readonly #writer: AnswerWriter
  readonly #ports: SinkPorts

  constructor(held: HeldLease, writer: AnswerWriter, ports: SinkPorts) {
    this.messageId = writer.head.messageId
    this.#held = held
    this.#writer = writer
    this.#ports = ports
  }

  text(delta: string): void {
    this.#writer.text(delta)
  }

  reasoning(delta: string): void {
    this.#writer.reasoning(delta)
  }

  tool(step: ToolStep): void {
    this.#writer.tool(step)
  }

  restart(): void {
    this.#writer.restart()
  }

  model(id: string): void {
    this.#writer.model(id)
  }

  /**
   * May be called again when it failed with an error that is worth a retry: nothing is stored then, and the lease is still
   * good for a while. An end that comes after the lease was lost is dropped: another worker writes the answer.
   */
  async finish(outcome: Outcome): Promise<void> {
    this.#held[Symbol.dispose]()
    await this.#writer.seal()
    try {
      await this.#ports.turns.finish(this.#held.lease, this.#final(outcome))
    } catch (error) {
      if (!hasCode(error, 'lease_lost')) throw error
      this.#ports.logger.warn({ messageId: this.messageId }, 'seats: an answer ended after its lease was lost')
    }
    this.#writer.end()
  }

  #final(outcome: Outcome): Outcome {
    const written = this.#writer.content()
    const placed = new Map(written.tools.map((step) => [step.callId, step.at]))
    const tools = outcome.tools.map((step) => {
      const at = step.at ?? placed.get(step.callId)
      return at === undefined ? step : { ...step, at }
    })
    if (!this.#writer.cut) return { ...outcome, tools }
    const failure = { class: 'internal', message: CUT_MESSAGE, retryable: true } as const
    return { ...outcome, tools, text: written.text, status: 'failed', failure }
  }
}
