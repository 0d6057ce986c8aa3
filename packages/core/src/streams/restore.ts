import type { ToolStep } from '@parley/protocol/shared'
import type { StreamPiece } from '../ports/index.ts'

export interface PartialAnswer {
  readonly text: string
  readonly reasoning: string
  readonly tools: readonly ToolStep[]
}

/** Puts together what a worker wrote before it died. */
export function restoreAnswer(pieces: readonly StreamPiece[]): PartialAnswer {
  let text = ''
  let reasoning = ''
  const tools = new Map<string, ToolStep>()
  for (const piece of pieces) {
    if (piece.kind === 'text') text += piece.data
    else if (piece.kind === 'reasoning') reasoning += piece.data
    else {
      const step = JSON.parse(piece.data) as ToolStep
      tools.set(step.callId, step)
    }
  }
  // A step that was running when the worker died never got its result.
  const ended = [...tools.values()].map((step) =>
    step.status === 'calling' ? { ...step, status: 'error' as const, result: 'interrupted' } : step,
  )
  return { text, reasoning, tools: ended }
}
