/** A completion as OpenAI's wire has it: streamed chunks, or one JSON body. */
import type { Completion, ScriptedToolCall } from './reply.ts'

/** Cuts by code points, so that no chunk holds half a surrogate pair. */
export function cut(text: string, size: number | undefined): readonly string[] {
  if (text === '') return []
  if (size === undefined) return [text]
  const points = Array.from(text)
  const pieces: string[] = []
  for (let i = 0; i < points.length; i += size) pieces.push(points.slice(i, i + size).join(''))
  return pieces
}

export function argumentsText(call: ScriptedToolCall): string {
  return typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments ?? {})
}

/** Id of call number `position` on the wire; undefined when the script leaves it out. */
export function callId(call: ScriptedToolCall, position: number): string | undefined {
  return call.id === null ? undefined : (call.id ?? `call_${position + 1}`)
}

export function finishReason(reply: Completion): string {
  return reply.finishReason ?? (reply.toolCalls?.length ? 'tool_calls' : 'stop')
}

export function usageOf(reply: Completion): { readonly input: number; readonly output: number } | undefined {
  if (reply.usage === null) return undefined
  return reply.usage ?? { input: 10, output: Math.max(1, Math.ceil((reply.text ?? '').length / 4)) }
}

/** The `data:` payloads of the stream, without `[DONE]`. */
export function completionChunks(reply: Completion, requestedModel: string): readonly unknown[] {
  const model = reply.model ?? requestedModel
  const chunk = (delta: unknown, finish: string | null = null): unknown => ({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model,
    choices: [{ index: 0, delta, finish_reason: finish }],
  })
  const chunks: unknown[] = []
  for (const piece of cut(reply.reasoning ?? '', reply.chunkSize)) {
    chunks.push(chunk({ [reply.reasoningField ?? 'reasoning_content']: piece }))
  }
  for (const piece of cut(reply.text ?? '', reply.chunkSize)) chunks.push(chunk({ content: piece }))
  for (const [index, call] of (reply.toolCalls ?? []).entries()) {
    const id = callId(call, index)
    const pieces = cut(argumentsText(call), reply.argumentsChunkSize)
    chunks.push(
      chunk({
        tool_calls: [
          {
            index,
            ...(id === undefined ? {} : { id }),
            type: 'function',
            function: { name: call.name, arguments: pieces[0] ?? '' },
          },
        ],
      }),
    )
    for (const piece of pieces.slice(1)) chunks.push(chunk({ tool_calls: [{ index, function: { arguments: piece } }] }))
  }
  if (reply.errorChunk !== undefined) {
    chunks.push({ error: reply.errorChunk })
    return chunks
  }
  if (!reply.omitFinish) chunks.push(chunk({}, finishReason(reply)))
  const usage = usageOf(reply)
  if (usage !== undefined && !reply.omitFinish) {
    chunks.push({
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      created: 1,
      model,
      choices: [],
      usage: wire(usage),
    })
  }
  return chunks
}

/** The whole reply as one body, for `stream: false`. */
export function completionBody(reply: Completion, requestedModel: string): unknown {
  const usage = usageOf(reply)
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: reply.model ?? requestedModel,
    choices: [
      {
        index: 0,
        finish_reason: finishReason(reply),
        message: {
          role: 'assistant',
          content: reply.text ?? null,
          ...(reply.reasoning === undefined ? {} : { [reply.reasoningField ?? 'reasoning_content']: reply.reasoning }),
          ...(reply.toolCalls === undefined
            ? {}
            : {
                tool_calls: reply.toolCalls.map((call, index) => ({
                  id: callId(call, index),
                  type: 'function',
                  function: { name: call.name, arguments: argumentsText(call) },
                })),
              }),
        },
      },
    ],
    ...(usage === undefined ? {} : { usage: wire(usage) }),
  }
}

function wire(usage: { readonly input: number; readonly output: number }): object {
  return { prompt_tokens: usage.input, completion_tokens: usage.output, total_tokens: usage.input + usage.output }
}
