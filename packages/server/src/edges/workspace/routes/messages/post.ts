import type { Messages } from '@parley/core'
import { postMessage } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'

export function postMessageRoute(messages: Messages): BoundRoute {
  return implement(postMessage, async ({ caller, body }) => {
    const posted = await messages.post(caller, body)
    return { id: posted.id, ok: true, seq: posted.seq }
  })
}
