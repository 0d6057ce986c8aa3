import type { Channels } from '@parley/core'
import { deleteChannel } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'

export function deleteChannelRoute(channels: Channels): BoundRoute {
  return implement(deleteChannel, async ({ caller, params }) => {
    await channels.delete(caller, params.id)
    return { ok: true }
  })
}
