import type { Message } from '@parley/protocol/workspace'
import { useMemo } from 'react'
import { useLiveAnswer } from '../../../app/live.ts'
import { MessageText } from '../message/message-text.tsx'
import { AnswerFailure } from './answer-failure.tsx'
import { answerParts, type Step } from './parts.ts'
import { Reasoning } from './reasoning.tsx'
import { Thinking } from './thinking.tsx'
import { ToolSteps } from './tool-steps.tsx'
import { useSmoothText } from './use-smooth-text.ts'

/** What an agent wrote: live while it writes, stored afterwards. One tree for both, so that nothing is drawn anew at the end. */
export function AnswerBody({ message }: { message: Message }) {
  const { answer } = message.metadata
  const streaming = answer?.status === 'streaming'
  const told = useLiveAnswer(message.id)
  // Before the first frame the stored row may hold a part already (after a reload).
  const live = streaming ? told : undefined
  const text = useSmoothText(live?.text ?? message.content, streaming)
  const steps = live?.tools ?? answer?.tools ?? noSteps
  const reasoning = live?.reasoning ?? answer?.reasoning ?? ''
  const silent = streaming && text === '' && !steps.some((step) => step.status === 'calling')
  const startedAt = live?.startedAt ?? Date.parse(message.createdAt)
  return (
    <>
      {reasoning === '' ? null : (
        <Reasoning
          text={reasoning}
          thoughtMs={live?.thoughtMs ?? null}
          startedAt={startedAt}
          active={silent && (live?.thinking ?? true)}
        />
      )}
      <Parts text={text} steps={steps} streaming={streaming} />
      {silent && reasoning === '' ? <Thinking startedAt={startedAt} /> : null}
      {answer?.status === 'failed' ? <AnswerFailure message={message} /> : null}
    </>
  )
}

const noSteps: readonly Step[] = []

function Parts({ text, steps, streaming }: { text: string; steps: readonly Step[]; streaming: boolean }) {
  const parts = useMemo(() => answerParts(text, steps), [text, steps])
  return parts.map((part, index) =>
    part.type === 'tools' ? (
      <ToolSteps key={part.key} steps={part.steps} />
    ) : (
      <MessageText key={part.key} text={part.text} streaming={streaming && index === parts.length - 1} />
    ),
  )
}
