/** Chat templates want user and assistant to take turns: neighbours of one role become one message. */
import type { ModelMessage } from '../../models/language-model.ts'

/** Joins neighbours; the labels inside keep the speakers apart. Messages with tool calls stay as they are. */
export function mergeNeighbours(messages: readonly ModelMessage[]): readonly ModelMessage[] {
  const merged: ModelMessage[] = []
  for (const message of messages) {
    const last = merged.at(-1)
    if (last?.role === 'user' && message.role === 'user') {
      const images = [...(last.images ?? []), ...(message.images ?? [])]
      merged[merged.length - 1] = {
        role: 'user',
        text: joined(last.text, message.text),
        ...(images.length > 0 ? { images } : {}),
      }
    } else if (last?.role === 'assistant' && message.role === 'assistant' && !last.toolCalls && !message.toolCalls) {
      merged[merged.length - 1] = { role: 'assistant', text: joined(last.text, message.text) }
    } else merged.push(message)
  }
  return merged
}

/** For templates without a system role: the system text opens the first user message. */
export function foldSystem(messages: readonly ModelMessage[]): readonly ModelMessage[] {
  const [system, ...rest] = messages
  if (system?.role !== 'system') return messages
  return mergeNeighbours([{ role: 'user', text: system.text }, ...rest])
}

function joined(first: string, second: string): string {
  if (first === '' || second === '') return first + second
  return `${first}\n\n${second}`
}
