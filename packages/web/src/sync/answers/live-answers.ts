/**
 * All answers being written. Frames are collected and applied at most once per animation frame, and each answer has its own
 * subscription, so a delta re-renders one row.
 */
import { emptyAnswer, type LiveAnswer, reduceAnswer, type StreamFrame } from './live-answer.ts'

/** Runs the callback once, soon: before the next paint, or a little later in a hidden tab. */
export type FrameScheduler = (run: () => void) => void

export class LiveAnswers {
  readonly #schedule: FrameScheduler
  readonly #now: () => number
  readonly #answers = new Map<string, LiveAnswer>()
  readonly #listeners = new Map<string, Set<() => void>>()
  #queue: StreamFrame[] = []
  #scheduled = false

  constructor(schedule: FrameScheduler, now: () => number = Date.now) {
    this.#schedule = schedule
    this.#now = now
  }

  get(messageId: string): LiveAnswer | undefined {
    return this.#answers.get(messageId)
  }

  subscribe(messageId: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(messageId) ?? new Set()
    this.#listeners.set(messageId, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#listeners.delete(messageId)
    }
  }

  /** Takes a frame of any answer. */
  push(frame: StreamFrame): void {
    this.#queue.push(frame)
    if (this.#scheduled) return
    this.#scheduled = true
    this.#schedule(() => this.flush())
  }

  /** Applies everything collected so far and tells the listeners of the changed answers. */
  flush(): void {
    this.#scheduled = false
    const frames = this.#queue
    this.#queue = []
    const changed = new Set<string>()
    for (const frame of frames) {
      const id = frame.data.messageId
      const known = this.#answers.get(id)
      // The end of an answer that has already been replaced by its finished message brings nothing back to life.
      if (known === undefined && frame.type === 'stream_end') continue
      this.#answers.set(id, reduceAnswer(known, frame, this.#now()))
      changed.add(id)
    }
    for (const id of changed) this.#notify(id)
  }

  /** The lengths we hold of the given answers, to resume from. */
  offsets(messageIds: Iterable<string>): Record<string, number> {
    this.flush()
    const offsets: Record<string, number> = {}
    for (const id of messageIds) {
      const answer = this.#answers.get(id)
      if (answer !== undefined && !answer.ended) offsets[id] = answer.text.length
    }
    return offsets
  }

  /** The answer starts over (retry): what was written is gone. */
  restart(messageId: string): void {
    this.#dropQueued(messageId)
    this.#answers.set(messageId, emptyAnswer(this.#now()))
    this.#notify(messageId)
  }

  /** The finished message is here: the live text is no longer needed. */
  drop(messageId: string): void {
    this.#dropQueued(messageId)
    if (this.#answers.delete(messageId)) this.#notify(messageId)
  }

  #dropQueued(messageId: string): void {
    this.#queue = this.#queue.filter((frame) => frame.data.messageId !== messageId)
  }

  #notify(messageId: string): void {
    for (const listener of this.#listeners.get(messageId) ?? []) listener()
  }
}

/** Animation frames while visible; hidden tabs get none, there a timer does. */
export const browserFrames: FrameScheduler = (run) => {
  if (document.visibilityState === 'visible') requestAnimationFrame(run)
  else setTimeout(run, 250)
}
