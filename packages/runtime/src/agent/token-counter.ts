/** Estimates how many tokens a model sees. An estimate: other vendors cut words differently, hence the margin. */
import type { ModelMessage, OfferedTool } from '../models/language-model.ts'

export interface TokenCounter {
  text(text: string): number
  message(message: ModelMessage): number
  tools(tools: readonly OfferedTool[]): number
}

/** What one image costs at most with the common vendors. */
const IMAGE_TOKENS = 1_200
/** Role, separators. */
const MESSAGE_TOKENS = 6
const MARGIN = 1.1
// The tokenizer's merge loop is quadratic in a run without word breaks; slices keep it linear.
const SLICE = 512

let loaded: Promise<TokenCounter> | undefined

/** Loads the vocabulary on first use (about 0.2 s, once per process). */
export function loadTokenCounter(): Promise<TokenCounter> {
  loaded ??= import('gpt-tokenizer/encoding/o200k_base').then(({ countTokens }) => {
    const options = { disallowedSpecial: new Set<string>() }
    return createTokenCounter((text) => countTokens(text, options))
  })
  return loaded
}

/** Remembers what it has counted: a turn counts the same history before each of its model calls. */
export function remembering(counter: TokenCounter): TokenCounter {
  const known = new Map<string, number>()
  return createCounter((value) => {
    const tokens = known.get(value) ?? counter.text(value)
    known.set(value, tokens)
    return tokens
  })
}

/** A counter over `count`, which is only given short texts. */
export function createTokenCounter(count: (text: string) => number): TokenCounter {
  return createCounter((value) => {
    let tokens = 0
    for (let at = 0; at < value.length; at += SLICE) tokens += count(value.slice(at, at + SLICE))
    return Math.ceil(tokens * MARGIN)
  })
}

function createCounter(text: (value: string) => number): TokenCounter {
  return {
    text,
    message(message) {
      let tokens = MESSAGE_TOKENS + text(message.text)
      if (message.role === 'user') tokens += (message.images?.length ?? 0) * IMAGE_TOKENS
      if (message.role === 'assistant') {
        tokens += text(message.reasoning ?? '')
        for (const call of message.toolCalls ?? []) tokens += MESSAGE_TOKENS + text(call.name + call.argumentsText)
      }
      return tokens
    },
    tools: (tools) => (tools.length === 0 ? 0 : text(JSON.stringify(tools))),
  }
}
