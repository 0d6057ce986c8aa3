import type { Answers, AnswerText } from '@parley/core'
import { listAnswers, readAnswer } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'

export function listAnswersRoute(answers: Answers): BoundRoute {
  return implement(listAnswers, async ({ caller, params }) => ({ answers: await answers.pending(caller, params.id) }))
}

export function readAnswerRoute(answerText: AnswerText): BoundRoute {
  return implement(readAnswer, ({ caller, params, query }) => answerText.read(caller, params.id, query.offset))
}
