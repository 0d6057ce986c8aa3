/** Makes a prompt fit a window: drops whole old messages, shortens tool results, never parts a call from its result. */
import type { ModelMessage } from '../../models/language-model.ts'
import type { TokenCounter } from '../token-counter.ts'

type UserMessage = Extract<ModelMessage, { role: 'user' }>
type AssistantMessage = Extract<ModelMessage, { role: 'assistant' }>
type ToolMessage = Extract<ModelMessage, { role: 'tool' }>

/** A message of the conversation with the agent's answers to it: kept or dropped together. */
export interface Exchange {
  readonly messages: readonly (UserMessage | AssistantMessage)[]
  /** The message that asked for this answer is never dropped. */
  readonly isTrigger: boolean
}

/** What the model asked for in this turn, and what it got. */
export interface Round {
  readonly call: AssistantMessage
  readonly results: readonly ToolMessage[]
}

export interface Fitted {
  readonly exchanges: readonly Exchange[]
  readonly rounds: readonly Round[]
  /** Messages of the conversation left out. */
  readonly droppedMessages: number
  readonly droppedRounds: number
}

const RESULT_LENGTHS = [4_000, 1_000, 300]
const SHORTEST_TRIGGER = 200

/** `budget`: tokens for exchanges and rounds together. The result exceeds it only when the question alone is too long. */
export function fit(
  exchanges: readonly Exchange[],
  rounds: readonly Round[],
  budget: number,
  count: TokenCounter,
): Fitted {
  const size = (messages: readonly ModelMessage[]): number =>
    messages.reduce((sum, message) => sum + count.message(message), 0)
  let keptRounds = rounds
  let roundSize = size(messagesOf(keptRounds))
  const must = exchanges.find((exchange) => exchange.isTrigger)
  let total = roundSize + size(must?.messages ?? [])

  // From the newest on; what lies before the first that does not fit is not even counted.
  const kept = new Set<Exchange>(must === undefined ? [] : [must])
  for (const exchange of exchanges.toReversed()) {
    if (exchange === must) continue
    const tokens = size(exchange.messages)
    if (total + tokens > budget) break
    total += tokens
    kept.add(exchange)
  }
  for (const length of RESULT_LENGTHS) {
    if (total <= budget) break
    keptRounds = keptRounds.map((round) => shortenResults(round, length))
    total += size(messagesOf(keptRounds)) - roundSize
    roundSize = size(messagesOf(keptRounds))
  }
  while (total > budget && keptRounds.length > 1) {
    total -= size(messagesOf(keptRounds.slice(0, 1)))
    keptRounds = keptRounds.slice(1)
  }
  let keptExchanges = exchanges.filter((exchange) => kept.has(exchange))
  if (total > budget) {
    if (must !== undefined) {
      const room = budget - (total - size(must.messages))
      keptExchanges = keptExchanges.map((entry) => (entry === must ? shortenExchange(entry, room, count) : entry))
    }
  }
  return {
    exchanges: keptExchanges,
    rounds: keptRounds,
    droppedMessages: exchanges.reduce((sum, entry) => (kept.has(entry) ? sum : sum + entry.messages.length), 0),
    droppedRounds: rounds.length - keptRounds.length,
  }
}

export function messagesOf(rounds: readonly Round[]): readonly (AssistantMessage | ToolMessage)[] {
  return rounds.flatMap((round) => [round.call, ...round.results])
}

/** The first and last part of a long text, with a note about what is missing between. */
export function headAndTail(text: string, length: number): string {
  if (text.length <= length) return text
  const head = Math.ceil(length * 0.7)
  const tail = length - head
  const start = trimBrokenPair(text.slice(0, head))
  const end = text.slice(text.length - tail).replace(/^[\udc00-\udfff]/, '')
  return `${start}\n[… ${text.length - head - tail} of ${text.length} characters left out …]\n${end}`
}

function trimBrokenPair(text: string): string {
  return text.replace(/[\ud800-\udbff]$/, '')
}

function shortenResults(round: Round, length: number): Round {
  return {
    call: round.call,
    results: round.results.map((result) => ({ ...result, text: headAndTail(result.text, length) })),
  }
}

/** Halves the longest text of the exchange until it fits. */
function shortenExchange(exchange: Exchange, room: number, count: TokenCounter): Exchange {
  let messages = exchange.messages
  const size = (): number => messages.reduce((sum, message) => sum + count.message(message), 0)
  while (size() > room) {
    const longest = messages.reduce((a, b) => (b.text.length > a.text.length ? b : a))
    if (longest.text.length <= SHORTEST_TRIGGER) break
    const text = headAndTail(longest.text, Math.floor(longest.text.length / 2) - 60)
    messages = messages.map((message) => (message === longest ? { ...message, text } : message))
  }
  return { ...exchange, messages }
}
