import type { Answers } from '@parley/core'
import { stopChannel } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'

export function stopChannelRoute(answers: Answers): BoundRoute {
  return implement(stopChannel, async ({ caller, params }) => ({
    ok: true,
    stopped: await answers.stopChannel(caller, params.id),
  }))
}
