import type { Messages } from '@parley/core'
import { deleteMessage } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'

export function deleteMessageRoute(messages: Messages): BoundRoute {
  return implement(deleteMessage, async ({ caller, params }) => {
    await messages.remove(caller, params.id)
    return { ok: true }
  })
}
