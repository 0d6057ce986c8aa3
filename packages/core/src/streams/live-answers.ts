import type { ToolStep } from '@parley/protocol/shared'
import type { WriteOp, Writer } from '../ports/index.ts'
import {
  AnswerBuffer,
  type AnswerDelta,
  type AnswerPosition,
  piecesOf,
  startOfAnswer,
  withoutHalves,
} from './answer-buffer.ts'
import { Listeners } from './listeners.ts'

export interface LiveAnswersOptions {
  /** Milliseconds between two durable copies of the running answers; 400. */
  readonly checkpointEveryMs?: number
  /** UTF-16 code units of text (and of reasoning) after which an answer is cut; 1 000 000. */
  readonly maxLength?: number
  /** Told when a durable copy could not be written; it is tried again with the next one. */
  readonly onCheckpointError?: (error: unknown) => void
}

export interface AnswerHead {
  readonly messageId: string
  readonly channelId: string
  readonly agentId: string
  readonly triggerId: string
  readonly jobId: string
  /** Log position of the answer's row. */
  readonly seq: number
  /** Milliseconds since the epoch at which the row was made. */
  readonly at: number
}

export interface LiveAnswer extends AnswerHead {
  readonly model: string | undefined
  readonly generation: number
}

/** The writing side of one answer. Nothing here blocks. */
export interface AnswerWriter {
  readonly head: AnswerHead
  text(delta: string): void
  reasoning(delta: string): void
  tool(step: ToolStep): void
  restart(): void
  model(id: string): void
  /** What was written so far. */
  content(): { readonly text: string; readonly reasoning: string; readonly tools: readonly ToolStep[] }
  /** True once the text was cut at the limit. */
  readonly cut: boolean
  /** Ends the durable copying; resolves when no copy is under way any more. */
  seal(): Promise<void>
  /** The answer left this process: its final text is stored, or another worker writes it. */
  end(): void
}

interface Running {
  readonly head: AnswerHead
  readonly buffer: AnswerBuffer
  /** How far the durable copy reaches. */
  copied: AnswerPosition
  sealed: boolean
  cut: boolean
}

const DEFAULT_CHECKPOINT_MS = 400
const DEFAULT_MAX_LENGTH = 1_000_000
/** Ended answers kept for readers that were told but have not read the tail yet. */
const MAX_ENDED = 64

/** The running answers of this process, in memory. A listener is only told; it reads from its own position. */
export class LiveAnswers implements AsyncDisposable {
  readonly #writer: Writer
  readonly #checkpointEveryMs: number
  readonly #maxLength: number
  readonly #onCheckpointError: (error: unknown) => void
  readonly #running = new Map<string, Running>()
  readonly #ended = new Map<string, Running>()
  readonly #listeners = new Listeners()
  #timer: ReturnType<typeof setTimeout> | undefined
  #copying: Promise<void> = Promise.resolve()

  constructor(writer: Writer, options: LiveAnswersOptions = {}) {
    this.#writer = writer
    this.#checkpointEveryMs = options.checkpointEveryMs ?? DEFAULT_CHECKPOINT_MS
    this.#maxLength = options.maxLength ?? DEFAULT_MAX_LENGTH
    this.#onCheckpointError = options.onCheckpointError ?? (() => {})
  }

  /** Begins an answer; `onCut` is called once when its text reaches the limit. */
  open(head: AnswerHead, onCut: () => void = () => {}): AnswerWriter {
    const earlier = this.#running.get(head.messageId) ?? this.#ended.get(head.messageId)
    const buffer = new AnswerBuffer(this.#maxLength, (earlier?.buffer.generation ?? 0) + 1)
    const running: Running = {
      head,
      buffer,
      copied: buffer.readFrom(startOfAnswer).position,
      sealed: false,
      cut: false,
    }
    this.#ended.delete(head.messageId)
    this.#running.set(head.messageId, running)
    this.#tell(running)
    return this.#writerOf(running, onCut)
  }

  /** Ends an answer whose writer is gone without having ended it. */
  drop(messageId: string): void {
    const running = this.#running.get(messageId)
    if (running) this.#end(running)
  }

  /** Running answers of a channel, oldest first. */
  running(channelId: string): readonly LiveAnswer[] {
    return [...this.#running.values()].filter((running) => running.head.channelId === channelId).map(liveAnswerOf)
  }

  get(messageId: string): LiveAnswer | undefined {
    const running = this.#running.get(messageId)
    return running && liveAnswerOf(running)
  }

  /** True while the agent writes somewhere. */
  isBusy(agentId: string): boolean {
    for (const running of this.#running.values()) if (running.head.agentId === agentId) return true
    return false
  }

  /**
   * What came after `position`. An answer that ended stays readable for a while (`ended` is true), so that a reader told
   * late still gets the tail; undefined for answers unknown here: their text is in the log.
   */
  readFrom(messageId: string, position: AnswerPosition): AnswerDelta | undefined {
    const running = this.#running.get(messageId) ?? this.#ended.get(messageId)
    return running?.buffer.readFrom(position)
  }

  /**
   * Told the message id at the start, at each change and at the end of an answer of the channel: often, so coalesce.
   * Returns the way to stop.
   */
  subscribe(channelId: string, listener: (messageId: string) => void): () => void {
    return this.#listeners.add(channelId, listener)
  }

  /** Writes a last durable copy of everything that runs. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    await this.#checkpoint()
  }

  #writerOf(running: Running, onCut: () => void): AnswerWriter {
    const { buffer, head } = running
    const changed = (): void => {
      if (running.sealed) return
      this.#tell(running)
      this.#schedule()
    }
    return {
      head,
      text: (delta) => {
        if (running.sealed || running.cut || delta === '') return
        running.cut = !buffer.appendText(delta)
        changed()
        if (running.cut) onCut()
      },
      reasoning: (delta) => {
        if (running.sealed || delta === '') return
        buffer.appendReasoning(delta)
        changed()
      },
      tool: (step) => {
        if (running.sealed) return
        buffer.putTool(step)
        changed()
      },
      restart: () => {
        if (running.sealed) return
        buffer.restart()
        running.cut = false
        changed()
      },
      model: (id) => {
        buffer.model = id
        changed()
      },
      content: () => ({ text: buffer.text, reasoning: buffer.reasoning, tools: buffer.tools }),
      get cut() {
        return running.cut
      },
      seal: () => {
        running.sealed = true
        return this.#copying
      },
      end: () => this.#end(running),
    }
  }

  #end(running: Running): void {
    running.sealed = true
    running.buffer.ended = true
    const { messageId } = running.head
    if (this.#running.get(messageId) !== running) return
    this.#running.delete(messageId)
    this.#ended.set(messageId, running)
    for (const oldest of this.#ended.keys()) {
      if (this.#ended.size <= MAX_ENDED) break
      this.#ended.delete(oldest)
    }
    this.#tell(running)
  }

  #tell(running: Running): void {
    this.#listeners.tell(running.head.channelId, running.head.messageId)
  }

  /** One timer for all answers, and none while nothing is written. */
  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      void this.#checkpoint()
    }, this.#checkpointEveryMs)
  }

  #checkpoint(): Promise<void> {
    this.#copying = this.#copying.then(() => this.#copy())
    return this.#copying
  }

  async #copy(): Promise<void> {
    const unit: WriteOp[] = []
    const advances: (() => void)[] = []
    for (const running of this.#running.values()) {
      if (running.sealed) continue
      const { messageId } = running.head
      const delta = withoutHalves(running.buffer.readFrom(running.copied))
      const pieces = piecesOf(delta)
      if (delta.restarted) unit.push({ op: 'stream.clear', messageId })
      if (pieces.length > 0) unit.push({ op: 'stream.append', messageId, pieces })
      advances.push(() => {
        running.copied = delta.position
      })
    }
    if (unit.length === 0) return
    try {
      await this.#writer.commit(unit)
      for (const advance of advances) advance()
    } catch (error) {
      this.#onCheckpointError(error)
      if (this.#running.size > 0) this.#schedule()
    }
  }
}

function liveAnswerOf({ head, buffer }: Running): LiveAnswer {
  return { ...head, model: buffer.model, generation: buffer.generation }
}
