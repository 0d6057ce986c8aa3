/** An answer as text pieces and tool steps in the order they happened. Pure. */
import type { LiveStep } from '../../../sync/answers/live-answer.ts'

export type AnswerPart =
  | { readonly type: 'text'; readonly key: string; readonly text: string }
  | { readonly type: 'tools'; readonly key: string; readonly steps: readonly Step[] }

export interface Step extends Omit<LiveStep, 'at'> {
  readonly at?: number | undefined
}

/** Cuts the text where the steps began; neighbouring steps form one block. Keys stay while the answer grows. */
export function answerParts(text: string, steps: readonly Step[]): AnswerPart[] {
  const parts: AnswerPart[] = []
  let position = 0
  const ordered = steps
    .map((step) => ({ step, at: Math.min(step.at ?? 0, text.length) }))
    .toSorted((a, b) => a.at - b.at)
  for (const { step, at } of ordered) {
    if (at > position && text.slice(position, at).trim() !== '') {
      parts.push({ type: 'text', key: `text-${position}`, text: text.slice(position, at) })
      position = at
    }
    const last = parts.at(-1)
    if (last?.type === 'tools') parts[parts.length - 1] = { ...last, steps: [...last.steps, step] }
    else parts.push({ type: 'tools', key: `tools-${step.callId}`, steps: [step] })
  }
  if (position < text.length) parts.push({ type: 'text', key: `text-${position}`, text: text.slice(position) })
  return parts
}
