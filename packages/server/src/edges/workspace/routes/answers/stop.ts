import type { Answers } from '@parley/core'
import { stopAnswer } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'

export function stopAnswerRoute(answers: Answers): BoundRoute {
  return implement(stopAnswer, async ({ caller, params }) => {
    await answers.stop(caller, params.id)
    return { ok: true }
  })
}
