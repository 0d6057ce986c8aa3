import type { Channels } from '@parley/core'
import { listChannels } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'
import { channelToWire } from '../../wire/channel.ts'

export function listChannelsRoute(channels: Channels): BoundRoute {
  return implement(listChannels, async ({ caller }) => ({
    channels: (await channels.listFor(caller)).map(channelToWire),
  }))
}
