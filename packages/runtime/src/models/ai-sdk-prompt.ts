/** Our messages in the shape of the AI SDK's provider interface. The only file besides `ai-sdk-model.ts` that knows it. */
import { parseJson } from '@parley/base'
import type { LanguageModelV4Prompt, ProviderCallOptions } from './ai-sdk-types.ts'
import type { ModelMessage, ModelRequest, ModelToolCall } from './language-model.ts'
import type { ProviderConfig } from './ports.ts'

type PromptMessage = LanguageModelV4Prompt[number]

export function toPrompt(messages: readonly ModelMessage[]): LanguageModelV4Prompt {
  return messages.map(toPromptMessage)
}

function toPromptMessage(message: ModelMessage): PromptMessage {
  switch (message.role) {
    case 'system':
      return { role: 'system', content: message.text }
    case 'user':
      return {
        role: 'user',
        content: [
          ...(message.text === '' ? [] : [{ type: 'text' as const, text: message.text }]),
          ...(message.images ?? []).map((image) => ({
            type: 'file' as const,
            filename: image.name,
            mediaType: image.mime,
            data: { type: 'data' as const, data: image.bytes },
          })),
        ],
      }
    case 'assistant':
      return {
        role: 'assistant',
        content: [
          ...(message.reasoning ? [{ type: 'reasoning' as const, text: message.reasoning }] : []),
          ...(message.text === '' ? [] : [{ type: 'text' as const, text: message.text }]),
          ...(message.toolCalls ?? []).map((call) => ({
            type: 'tool-call' as const,
            toolCallId: call.callId,
            toolName: call.name,
            input: argumentsObject(call),
            ...(call.echo === undefined ? {} : { providerOptions: call.echo as Record<string, Record<string, never>> }),
          })),
        ],
      }
    case 'tool':
      return {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            toolCallId: message.callId,
            toolName: message.toolName,
            output: { type: 'text', value: message.text },
          },
        ],
      }
  }
}

/** Servers render the arguments through templates that want an object; broken ones are quoted in the tool's result. */
function argumentsObject(call: ModelToolCall): unknown {
  try {
    const value: unknown = parseJson(call.argumentsText === '' ? '{}' : call.argumentsText)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
  } catch {
    return {}
  }
}

export function toCallOptions(
  request: ModelRequest,
  kind: ProviderConfig['kind'],
  abortSignal: AbortSignal,
): ProviderCallOptions {
  // Anthropic and Google want the declarations as long as the messages hold calls; others understand absence best.
  const offersTools = request.tools.length > 0 && !(request.withoutTools && kind === 'openai-compatible')
  return {
    prompt: toPrompt(request.messages),
    abortSignal,
    ...(offersTools
      ? {
          tools: request.tools.map((tool) => ({
            type: 'function' as const,
            name: tool.name,
            description: tool.description,
            inputSchema: tool.parameters as never,
          })),
          toolChoice: { type: request.withoutTools ? ('none' as const) : ('auto' as const) },
        }
      : {}),
  }
}
