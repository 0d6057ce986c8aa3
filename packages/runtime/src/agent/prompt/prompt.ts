/** Puts a request together for one model: persona, situation, as much of the conversation as fits, this turn's rounds. */
import type { ModelImage, ModelMessage, ModelTraits, OfferedTool } from '../../models/language-model.ts'
import type { SeatFile } from '../../seat.ts'
import type { TokenCounter } from '../token-counter.ts'
import { type Exchange, fit, headAndTail, messagesOf, type Round } from './fit.ts'
import type { Utterance } from './history.ts'
import { foldSystem, mergeNeighbours } from './merge.ts'

/** What is fixed for a whole turn. */
export interface PromptParts {
  readonly persona: string
  readonly situation: string
  readonly utterances: readonly Utterance[]
  /** Said last, e.g. which message is to be answered; empty for nothing. */
  readonly closing: string
}

/** What a model made us change after it had refused a request. */
export interface Repairs {
  readonly withoutImages: boolean
  readonly withoutTools: boolean
  readonly foldSystem: boolean
  /** Share of the window to use: 1, or 0.7 after an overflow. */
  readonly share: number
}

export const noRepairs: Repairs = { withoutImages: false, withoutTools: false, foldSystem: false, share: 1 }

export interface PromptTarget {
  readonly traits: ModelTraits
  readonly repairs: Repairs
  readonly tools: readonly OfferedTool[]
  readonly count: TokenCounter
  /** Images by file reference; empty for a text-only model. */
  readonly images: ReadonlyMap<string, ModelImage>
}

/** Tokens kept free for the answer. */
function outputReserve(window: number): number {
  return Math.min(8_192, Math.floor(window / 4))
}

export function buildMessages(
  parts: PromptParts,
  rounds: readonly Round[],
  target: PromptTarget,
): readonly ModelMessage[] {
  const { count, traits, repairs } = target
  const window = Math.floor(traits.contextWindow * repairs.share)
  const room = window - outputReserve(window) - count.tools(target.tools)
  const system = systemText(parts, room, count)
  const fitted = fit(toExchanges(parts.utterances, target), rounds, room - count.text(system), count)
  const spoken: ModelMessage[] = fitted.exchanges.flatMap((exchange) => exchange.messages)
  const opening = openingNote(fitted.droppedMessages, fitted.droppedRounds, spoken[0]?.role === 'assistant')
  if (opening !== '') spoken.unshift({ role: 'user', text: opening })
  if (parts.closing !== '') spoken.push({ role: 'user', text: parts.closing })
  if (spoken.at(-1)?.role !== 'user') spoken.push({ role: 'user', text: '(Please go on with your answer.)' })
  const messages = mergeNeighbours([{ role: 'system', text: system }, ...spoken, ...messagesOf(fitted.rounds)])
  return repairs.foldSystem ? foldSystem(messages) : messages
}

/** The persona may take at most half of the room; what is cut is said. */
function systemText(parts: PromptParts, room: number, count: TokenCounter): string {
  let persona = parts.persona
  const limit = Math.max(200, Math.floor(room / 2) - count.text(parts.situation))
  while (count.text(persona) > limit && persona.length > 400) {
    persona = headAndTail(persona, Math.floor(persona.length * 0.7) - 60)
  }
  return `${persona}\n\n${parts.situation}`
}

/** Each message of another opens an exchange; own answers belong to the exchange before them. */
function toExchanges(utterances: readonly Utterance[], target: PromptTarget): readonly Exchange[] {
  const exchanges: { messages: Exchange['messages'][number][]; isTrigger: boolean }[] = []
  for (const utterance of utterances) {
    const last = exchanges.at(-1)
    if (utterance.role === 'assistant') {
      const message = { role: 'assistant' as const, text: utterance.text }
      if (last === undefined) exchanges.push({ messages: [message], isTrigger: false })
      else last.messages.push(message)
    } else exchanges.push({ messages: [userMessage(utterance, target)], isTrigger: utterance.isTrigger })
  }
  return exchanges
}

function userMessage(utterance: Utterance, target: PromptTarget): Exchange['messages'][number] {
  const images = target.repairs.withoutImages ? [] : loaded(utterance.images, target.images)
  const unseen = utterance.images.length - images.length
  const note = unseen > 0 ? `\n(${unseen === 1 ? 'an image' : `${unseen} images`} that you cannot see)` : ''
  return { role: 'user', text: `${utterance.text}${note}`.trim(), ...(images.length > 0 ? { images } : {}) }
}

function loaded(files: readonly SeatFile[], images: ReadonlyMap<string, ModelImage>): readonly ModelImage[] {
  return files.map((file) => images.get(file.ref)).filter((image) => image !== undefined)
}

function openingNote(messages: number, rounds: number, startsWithOwn: boolean): string {
  const notes: string[] = []
  if (messages > 0)
    notes.push(`${messages} earlier messages of this conversation were left out because they do not fit`)
  if (rounds > 0)
    notes.push(`the results of your first ${rounds} rounds of tool calls were left out because they do not fit`)
  if (notes.length > 0) return `(Note: ${notes.join('; ')}.)`
  return startsWithOwn ? '(The conversation begins with your message.)' : ''
}
