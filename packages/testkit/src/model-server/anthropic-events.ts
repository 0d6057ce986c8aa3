/** A completion as Anthropic's messages stream has it. */
import { argumentsText, callId, cut, usageOf } from './completion-chunks.ts'
import type { Completion } from './reply.ts'

export interface NamedEvent {
  readonly event: string
  readonly data: unknown
}

const stopReasons: Readonly<Record<string, string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  content_filter: 'refusal',
}

export function anthropicEvents(reply: Completion, requestedModel: string): readonly NamedEvent[] {
  const usage = usageOf(reply) ?? { input: 0, output: 0 }
  const events: NamedEvent[] = []
  const emit = (event: string, rest: object): void => {
    events.push({ event, data: { type: event, ...rest } })
  }
  emit('message_start', {
    message: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: reply.model ?? requestedModel,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: usage.input, output_tokens: 1 },
    },
  })
  let index = 0
  const block = (start: object, deltas: readonly object[]): void => {
    emit('content_block_start', { index, content_block: start })
    for (const delta of deltas) emit('content_block_delta', { index, delta })
    emit('content_block_stop', { index })
    index++
  }
  if (reply.reasoning) {
    block({ type: 'thinking', thinking: '', signature: '' }, [
      ...cut(reply.reasoning, reply.chunkSize).map((thinking) => ({ type: 'thinking_delta', thinking })),
      { type: 'signature_delta', signature: 'c2ln' },
    ])
  }
  if (reply.text) {
    block(
      { type: 'text', text: '' },
      cut(reply.text, reply.chunkSize).map((text) => ({ type: 'text_delta', text })),
    )
  }
  for (const [position, call] of (reply.toolCalls ?? []).entries()) {
    block(
      { type: 'tool_use', id: callId(call, position) ?? `toolu_${position}`, name: call.name, input: {} },
      cut(argumentsText(call), reply.argumentsChunkSize).map((partial_json) => ({
        type: 'input_json_delta',
        partial_json,
      })),
    )
  }
  if (reply.errorChunk !== undefined) {
    emit('error', { error: reply.errorChunk })
    return events
  }
  if (!reply.omitFinish) {
    const reason = reply.toolCalls?.length ? 'tool_use' : (stopReasons[reply.finishReason ?? 'stop'] ?? 'end_turn')
    emit('message_delta', {
      delta: { stop_reason: reason, stop_sequence: null },
      usage: { output_tokens: usage.output },
    })
    emit('message_stop', {})
  }
  return events
}
