import type { Answers } from '@parley/core'
import { retryAnswer } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'

export function retryAnswerRoute(answers: Answers): BoundRoute {
  return implement(retryAnswer, async ({ caller, params, body }) => {
    const { jobId } = await answers.retry(caller, params.id, body?.model)
    return { ok: true, jobId }
  })
}
