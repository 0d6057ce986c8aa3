import type { ToolStep } from '@parley/protocol/shared'
import { visibleMessage } from '../channels/visible-message.ts'
import { coreErrors } from '../errors.ts'
import type { Caller } from '../identity/caller.ts'
import type { Access } from '../policy/access.ts'
import type { LogReader } from '../ports/index.ts'
import { startOfAnswer } from '../streams/answer-buffer.ts'
import type { LiveAnswers } from '../streams/live-answers.ts'

export interface AnswerTextPorts {
  readonly log: LogReader
  readonly access: Access
  readonly live: LiveAnswers
}

export interface AnswerTextPage {
  readonly content: string
  /** Offset after `content`, in UTF-16 code units. */
  readonly offset: number
  readonly done: boolean
  readonly tools: readonly ToolStep[]
}

/** The text of an answer from an offset, running or finished: for clients without a socket. */
export class AnswerText {
  readonly #ports: AnswerTextPorts

  constructor(ports: AnswerTextPorts) {
    this.#ports = ports
  }

  /** An offset past the end reads nothing. Errors: `message_not_found`, `not_an_answer`. */
  async read(caller: Caller, messageId: string, offset: number): Promise<AnswerTextPage> {
    const { message } = await visibleMessage(this.#ports, caller, messageId)
    const { answer } = message.metadata
    if (!answer) throw coreErrors.not_an_answer({ details: { id: messageId } })
    const isRunning = answer.status === 'streaming' && this.#ports.live.get(messageId) !== undefined
    const running = isRunning ? this.#ports.live.readFrom(messageId, startOfAnswer) : undefined
    const text = running?.text ?? message.content
    const tools = running?.tools ?? answer.tools ?? []
    return { content: text.slice(offset), offset: text.length, done: answer.status !== 'streaming', tools }
  }
}
