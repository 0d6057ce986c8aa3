/** A completion as Google's `streamGenerateContent?alt=sse` has it. */
import { argumentsText, cut, usageOf } from './completion-chunks.ts'
import type { Completion } from './reply.ts'

const finishReasons: Readonly<Record<string, string>> = { stop: 'STOP', length: 'MAX_TOKENS', content_filter: 'SAFETY' }

export function googleChunks(reply: Completion): readonly unknown[] {
  const part = (content: object): unknown => ({
    candidates: [{ content: { role: 'model', parts: [content] }, index: 0 }],
  })
  const chunks: unknown[] = [
    ...cut(reply.reasoning ?? '', reply.chunkSize).map((text) => part({ text, thought: true })),
    ...cut(reply.text ?? '', reply.chunkSize).map((text) => part({ text })),
    ...(reply.toolCalls ?? []).map((call) =>
      part({ functionCall: { name: call.name, args: JSON.parse(argumentsText(call)) as unknown } }),
    ),
  ]
  if (reply.errorChunk !== undefined) return [...chunks, { error: reply.errorChunk }]
  if (reply.omitFinish) return chunks
  const usage = usageOf(reply)
  chunks.push({
    candidates: [
      {
        content: { role: 'model', parts: [{ text: '' }] },
        finishReason: finishReasons[reply.finishReason ?? 'stop'] ?? 'STOP',
        index: 0,
      },
    ],
    ...(usage === undefined
      ? {}
      : {
          usageMetadata: {
            promptTokenCount: usage.input,
            candidatesTokenCount: usage.output,
            totalTokenCount: usage.input + usage.output,
          },
        }),
  })
  return chunks
}
