/** An answer while it grows: what was written so far, mirrored to the seat, with the way back for a second try. */
import type { ToolStep } from '@parley/protocol/shared'
import type { AnswerSink } from '../seat.ts'

export type DraftSink = Pick<AnswerSink, 'text' | 'reasoning' | 'tool' | 'restart' | 'model'>

/** Where nothing is shown: a colleague's answer inside a tool call. */
export const silentSink: DraftSink = { text() {}, reasoning() {}, tool() {}, restart() {}, model() {} }

/** A point of the draft to go back to. */
export interface DraftMark {
  readonly text: number
  readonly reasoning: number
  readonly steps: number
}

export class AnswerDraft {
  readonly #sink: DraftSink
  #text = ''
  #reasoning = ''
  #steps: ToolStep[] = []
  #model = ''
  #breakText = false
  #breakReasoning = false

  constructor(sink: DraftSink) {
    this.#sink = sink
  }

  get text(): string {
    return this.#text
  }
  get reasoning(): string {
    return this.#reasoning
  }
  get steps(): readonly ToolStep[] {
    return this.#steps
  }
  /** `provider/model` that writes now; empty before the first call. */
  get model(): string {
    return this.#model
  }

  /** The next model call begins: what it writes becomes a paragraph of its own. */
  beginCall(model: string): void {
    this.#breakText = this.#text !== ''
    this.#breakReasoning = this.#reasoning !== ''
    if (model === this.#model) return
    this.#model = model
    this.#sink.model(model)
  }

  addText(delta: string): void {
    const text = this.#breakText ? paragraphBreak(this.#text) + delta : delta
    this.#breakText = false
    this.#text += text
    this.#sink.text(text)
  }

  addReasoning(delta: string): void {
    const text = this.#breakReasoning ? paragraphBreak(this.#reasoning) + delta : delta
    this.#breakReasoning = false
    this.#reasoning += text
    this.#sink.reasoning(text)
  }

  /** Adds a step, or replaces the one with its callId. */
  setStep(step: ToolStep): void {
    const index = this.#steps.findIndex((known) => known.callId === step.callId)
    if (index < 0) this.#steps.push(step)
    else this.#steps[index] = step
    this.#sink.tool(step)
  }

  /** Ends the steps that still run, e.g. because the answer was stopped. */
  closeSteps(result: string): void {
    for (const step of this.#steps) if (step.status === 'calling') this.setStep({ ...step, status: 'error', result })
  }

  mark(): DraftMark {
    return { text: this.#text.length, reasoning: this.#reasoning.length, steps: this.#steps.length }
  }

  /** Forgets everything after the mark. */
  rollback(mark: DraftMark): void {
    if (this.#text.length === mark.text && this.#reasoning.length === mark.reasoning) return
    this.#show(this.#text.slice(0, mark.text), this.#reasoning.slice(0, mark.reasoning))
  }

  /** Turns the text after the mark into reasoning. */
  retract(mark: DraftMark): void {
    const moved = this.#text.slice(mark.text).trim()
    const reasoning = [this.#reasoning, moved].filter((part) => part !== '').join('\n\n')
    this.#show(this.#text.slice(0, mark.text), reasoning)
    this.#breakText = this.#text !== ''
  }

  #show(text: string, reasoning: string): void {
    this.#text = text
    this.#reasoning = reasoning
    this.#sink.restart()
    if (this.#model !== '') this.#sink.model(this.#model)
    if (reasoning !== '') this.#sink.reasoning(reasoning)
    if (text !== '') this.#sink.text(text)
    for (const step of this.#steps) this.#sink.tool(step)
  }
}

function paragraphBreak(before: string): string {
  if (before.endsWith('\n\n')) return ''
  return before.endsWith('\n') ? '\n' : '\n\n'
}
