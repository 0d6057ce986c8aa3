import type { Channels } from '@parley/core'
import { updateChannel } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'
import { channelToWire } from '../../wire/channel.ts'

export function updateChannelRoute(channels: Channels): BoundRoute {
  return implement(updateChannel, async ({ caller, params, body }) => ({
    ok: true,
    channel: channelToWire(await channels.update(caller, params.id, body)),
  }))
}
