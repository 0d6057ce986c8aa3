/** One running answer in memory: text that only grows until it is restarted, with positions to read from. */
import type { ToolStep } from '@parley/protocol/shared'
import type { StreamPiece } from '../ports/index.ts'

/** Where a reader stands in one answer. Start with {@link startOfAnswer}. */
export interface AnswerPosition {
  /** Counts restarts: a reader of an older generation starts over. */
  readonly generation: number
  /** UTF-16 offset in the text. */
  readonly text: number
  /** UTF-16 offset in the reasoning. */
  readonly reasoning: number
  /** Version of the tool steps seen. */
  readonly tools: number
}

export const startOfAnswer: AnswerPosition = { generation: 0, text: 0, reasoning: 0, tools: 0 }

export interface AnswerDelta {
  /** True when the answer was restarted since: forget what was shown, this delta starts at 0. */
  readonly restarted: boolean
  readonly text: string
  readonly reasoning: string
  /** Steps added or changed, in order of their start. */
  readonly tools: readonly ToolStep[]
  readonly model: string | undefined
  /** True when nothing more will come: the final message is in the log. */
  readonly ended: boolean
  /** Position after this delta. */
  readonly position: AnswerPosition
}

interface VersionedStep {
  readonly step: ToolStep
  readonly version: number
}

const MAX_TOOL_STEPS = 1000

export class AnswerBuffer {
  readonly #maxLength: number
  #generation: number
  #text = ''
  #reasoning = ''
  #tools = new Map<string, VersionedStep>()
  #toolVersion = 0
  model: string | undefined
  ended = false

  constructor(maxLength: number, generation: number) {
    this.#maxLength = maxLength
    this.#generation = generation
  }

  get generation(): number {
    return this.#generation
  }
  get text(): string {
    return this.#text
  }
  get reasoning(): string {
    return this.#reasoning
  }
  get tools(): readonly ToolStep[] {
    return [...this.#tools.values()].map((entry) => entry.step)
  }

  /** False when the text is longer than allowed: what is over was cut off. */
  appendText(delta: string): boolean {
    const room = this.#maxLength - this.#text.length
    this.#text += delta.length <= room ? delta : cutWhole(delta, room)
    return delta.length <= room
  }

  /** Reasoning over the limit is dropped without ado: it is not the answer. */
  appendReasoning(delta: string): void {
    const room = this.#maxLength - this.#reasoning.length
    this.#reasoning += delta.length <= room ? delta : cutWhole(delta, room)
  }

  putTool(step: ToolStep): void {
    const known = this.#tools.get(step.callId)
    if (!known && this.#tools.size >= MAX_TOOL_STEPS) return
    const at = step.at ?? known?.step.at ?? this.#text.length
    this.#tools.set(step.callId, { step: { ...step, at }, version: ++this.#toolVersion })
  }

  restart(): void {
    this.#generation++
    this.#text = ''
    this.#reasoning = ''
    this.#tools = new Map()
    this.#toolVersion = 0
  }

  /** What came after `position`; positions past the end read nothing and come back to the end. */
  readFrom(position: AnswerPosition): AnswerDelta {
    const restarted = position.generation !== this.#generation
    const from = restarted ? startOfAnswer : position
    const steps = [...this.#tools.values()].filter((entry) => entry.version > from.tools)
    return {
      restarted: restarted && position.generation !== 0,
      text: this.#text.slice(from.text),
      reasoning: this.#reasoning.slice(from.reasoning),
      tools: steps.map((entry) => entry.step),
      model: this.model,
      ended: this.ended,
      position: this.#position(),
    }
  }

  #position(): AnswerPosition {
    return {
      generation: this.#generation,
      text: this.#text.length,
      reasoning: this.#reasoning.length,
      tools: this.#toolVersion,
    }
  }
}

/**
 * The delta without the first half of a surrogate pair at the end of its texts: stored alone it would be lost. The half
 * belongs to the next delta.
 */
export function withoutHalves(delta: AnswerDelta): AnswerDelta {
  const text = cutWhole(delta.text, delta.text.length)
  const reasoning = cutWhole(delta.reasoning, delta.reasoning.length)
  const { position } = delta
  return {
    ...delta,
    text,
    reasoning,
    position: {
      ...position,
      text: position.text - (delta.text.length - text.length),
      reasoning: position.reasoning - (delta.reasoning.length - reasoning.length),
    },
  }
}

/** Pieces of a delta for the durable copy. Empty when nothing is new. */
export function piecesOf(delta: AnswerDelta): readonly StreamPiece[] {
  const pieces: StreamPiece[] = []
  if (delta.reasoning !== '') pieces.push({ kind: 'reasoning', data: delta.reasoning })
  if (delta.text !== '') pieces.push({ kind: 'text', data: delta.text })
  for (const step of delta.tools) pieces.push({ kind: 'tool', data: JSON.stringify(step) })
  return pieces
}

/** Cuts to `length` code units without splitting a surrogate pair. */
export function cutWhole(text: string, length: number): string {
  const end = Math.max(0, length)
  const last = text.charCodeAt(end - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end)
}
