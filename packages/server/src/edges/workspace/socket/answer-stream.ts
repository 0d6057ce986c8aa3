/**
 * One running answer on its way to the live sockets of a channel. The model may produce a thousand pieces a second;
 * readers get the first at once and then one chunk per interval, so that framing stays a small part of the bytes.
 */
import { type AnswerPosition, type ChannelMessage, type LiveAnswer, startOfAnswer } from '@parley/core'
import { chunkFrame, deltaFrames, snapshotFrame, startFrame } from './answer-frames.ts'
import { encodeFrame } from './encode-frame.ts'
import type { FeedPorts } from './feed-ports.ts'
import type { HeldAnswer } from './feed-socket.ts'

/** Least milliseconds between two chunks of one answer. */
export const CHUNK_INTERVAL_MS = 100

/** Code units of sent text kept to recognise the final text as its continuation. */
const TAIL_LENGTH = 64

export class AnswerStream implements Disposable {
  readonly #answer: LiveAnswer
  readonly #live: FeedPorts['live']
  readonly #emit: (frames: readonly Buffer[]) => void
  readonly #announced = new Set<string>()
  #position: AnswerPosition
  #tail = ''
  #timer: NodeJS.Timeout | undefined
  #lastFlush = Number.NEGATIVE_INFINITY

  /** `emit` hands frames to all live sockets of the channel. */
  constructor(answer: LiveAnswer, live: FeedPorts['live'], emit: (frames: readonly Buffer[]) => void) {
    this.#answer = answer
    this.#live = live
    this.#emit = emit
    this.#position = { ...startOfAnswer, generation: answer.generation }
  }

  /** What every live socket holds. */
  get held(): HeldAnswer {
    return { text: this.#position.text, position: this.#position }
  }

  /** Announces the answer to the live sockets. */
  start(): void {
    this.#emit([startFrame(this.#answer)])
  }

  /** The answer has something new. */
  notice(): void {
    if (this.#timer !== undefined) return
    const wait = this.#lastFlush + CHUNK_INTERVAL_MS - performance.now()
    if (wait <= 0) this.flush()
    else {
      this.#timer = setTimeout(() => {
        this.#timer = undefined
        this.flush()
      }, wait)
    }
  }

  /** Sends what is new to the live sockets now. */
  flush(): void {
    const delta = this.#live.readFrom(this.#answer.messageId, this.#position)
    if (delta === undefined) return
    const from = delta.restarted ? 0 : this.#position.text
    const text = withoutHalfCharacter(delta.text)
    const frames: Buffer[] = []
    if (delta.restarted) {
      this.#announced.clear()
      this.#tail = ''
      frames.push(startFrame({ ...this.#answer, model: delta.model ?? this.#answer.model }))
    }
    frames.push(...deltaFrames(this.#answer.messageId, { ...delta, text }, from, this.#announced))
    if (frames.length === 0) return
    this.#lastFlush = performance.now()
    this.#emit(frames)
    this.#position = { ...delta.position, text: from + text.length }
    this.#tail = (this.#tail + text).slice(-TAIL_LENGTH)
  }

  /** Frames that bring one more socket level with the live ones, given what it holds. */
  join(held: HeldAnswer | undefined): readonly Buffer[] {
    this.flush()
    const { messageId } = this.#answer
    const resumeAt = held === undefined ? undefined : this.#resumePosition(held)
    if (resumeAt !== undefined) {
      const missing = this.#live.readFrom(messageId, resumeAt)
      if (missing === undefined) return []
      const text = missing.text.slice(0, this.#position.text - resumeAt.text)
      return deltaFrames(messageId, { ...missing, text }, resumeAt.text, new Set())
    }
    const whole = this.#live.readFrom(messageId, startOfAnswer)
    if (whole === undefined) return [startFrame(this.#answer)]
    return [snapshotFrame(this.#answer, { ...whole, text: whole.text.slice(0, this.#position.text) })]
  }

  #resumePosition(held: HeldAnswer): AnswerPosition | undefined {
    const { position } = held
    if (position !== undefined) return position.generation === this.#position.generation ? position : undefined
    // An answer that started over may differ from the start on, and a bare length cannot tell which one the reader holds.
    if (this.#position.generation !== 1 || held.text > this.#position.text) return undefined
    return { ...this.#position, text: held.text, tools: 0 }
  }

  /** Frames that end the answer: the rest of the text where it continues what was sent, then `stream_end`. */
  finish(message: ChannelMessage): readonly Buffer[] {
    const { messageId } = this.#answer
    // What waited for the end of the interval: tool steps that completed in it are told as well.
    this.flush()
    const sent = this.#position.text
    const continues = message.content.length > sent && message.content.slice(0, sent).endsWith(this.#tail)
    return [
      ...(continues ? [chunkFrame(messageId, message.content.slice(sent))] : []),
      encodeFrame({ type: 'stream_end', data: { messageId } }),
    ]
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
  }
}

/** A pair of surrogates must not be torn apart: some clients render each piece as it comes. */
function withoutHalfCharacter(text: string): string {
  const last = text.charCodeAt(text.length - 1)
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text
}
