/** The model that answers when none is configured: works offline, streams, and says plainly what it is. */
import { type Clock, sleep } from '@parley/base'
import { askedMessage } from '../../speaker-label.ts'
import type { LanguageModel, ModelMessage, StreamPart } from '../language-model.ts'
import { DEMO_MODEL } from '../model-id.ts'
import { demoReply, topicOf } from './demo-replies.ts'

const TIME_TOOL = 'current_time'

export interface DemoModelOptions {
  readonly clock: Clock
  /** Milliseconds between two pieces. */
  readonly pace: number
}

export function createDemoModel({ clock, pace }: DemoModelOptions): LanguageModel {
  return {
    id: DEMO_MODEL,
    traits: { vision: false, contextWindow: 32_768, imageTypes: [] },
    async *stream(request, signal): AsyncGenerator<StreamPart> {
      const question = lastQuestion(request.messages)
      const time = lastToolResult(request.messages)
      const mayAsk = !request.withoutTools && request.tools.some((tool) => tool.name === TIME_TOOL)
      if (time === undefined && mayAsk && topicOf(question) === 'time') {
        await sleep(pace, signal)
        const call = { callId: `demo_${clock.now().toString(36)}`, name: TIME_TOOL, argumentsText: '{}' }
        yield { type: 'tool-call', call }
        yield { type: 'finish', reason: 'tool-calls', usage: { inputTokens: 0, outputTokens: 0 } }
        return
      }
      for (const piece of pieces(demoReply(question, time))) {
        await sleep(pace, signal)
        yield { type: 'text-delta', text: piece }
      }
      yield { type: 'finish', reason: 'stop', usage: { inputTokens: 0, outputTokens: 0 } }
    },
  }
}

function lastQuestion(messages: readonly ModelMessage[]): string {
  const message = messages.findLast((entry) => entry.role === 'user')
  return message === undefined ? '' : askedMessage(message.text)
}

/** The tool's answer within this turn. */
function lastToolResult(messages: readonly ModelMessage[]): string | undefined {
  const last = messages.at(-1)
  return last?.role === 'tool' && last.toolName === TIME_TOOL ? last.text : undefined
}

/** A few characters at a time, as a model writes. */
function* pieces(text: string): Generator<string> {
  const points = Array.from(text)
  for (let at = 0; at < points.length; ) {
    const size = 3 + (at % 5)
    yield points.slice(at, at + size).join('')
    at += size
  }
}
