import type { Message } from '@parley/protocol/workspace'
import { useMemo } from 'react'
import { useLiveAnswer } from '../../../app/live.ts'
import type { LiveAnswer } from '../../../sync/answers/live-answer.ts'
import { MessageText } from '../message/message-text.tsx'
import { AnswerFailure } from './answer-failure.tsx'
import { answerParts, type Step } from './parts.ts'
import { Reasoning } from './reasoning.tsx'
import { Thinking } from './thinking.tsx'
import { ToolSteps } from './tool-steps.tsx'
import { useSmoothText } from './use-smooth-text.ts'

/** What an agent wrote: live while it writes, stored afterwards. */
export function AnswerBody({ message }: { message: Message }) {
  const live = useLiveAnswer(message.id)
  const { answer } = message.metadata
  if (answer?.status === 'streaming') return <LiveBody message={message} live={live} />
  return (
    <>
      {answer?.reasoning ? <Reasoning text={answer.reasoning} thoughtMs={null} active={false} /> : null}
      <Parts text={message.content} steps={answer?.tools ?? []} streaming={false} />
      {answer?.status === 'failed' ? <AnswerFailure message={message} /> : null}
    </>
  )
}

/** Before the first frame the stored row may hold a part already (after a reload). */
function LiveBody({ message, live }: { message: Message; live: LiveAnswer | undefined }) {
  const text = useSmoothText(live?.text ?? message.content, true)
  const steps = live?.tools ?? message.metadata.answer?.tools ?? []
  const reasoning = live?.reasoning ?? message.metadata.answer?.reasoning ?? ''
  const running = steps.some((step) => step.status === 'calling')
  const silent = text === '' && !running
  const startedAt = live?.startedAt ?? Date.parse(message.createdAt)
  return (
    <>
      {reasoning !== '' ? (
        <Reasoning
          text={reasoning}
          thoughtMs={live?.thoughtMs ?? null}
          startedAt={startedAt}
          active={silent && (live?.thinking ?? true)}
        />
      ) : null}
      <Parts text={text} steps={steps} streaming />
      {silent && reasoning === '' ? <Thinking startedAt={startedAt} /> : null}
    </>
  )
}

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
