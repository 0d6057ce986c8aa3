import type { Channels } from '@parley/core'
import { createChannel } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'
import { channelToWire } from '../../wire/channel.ts'

export function createChannelRoute(channels: Channels): BoundRoute {
  return implement(createChannel, async ({ caller, body }) => {
    const channel = await channels.create(caller, body)
    return { ok: true, id: channel.id, channel: channelToWire(channel) }
  })
}
