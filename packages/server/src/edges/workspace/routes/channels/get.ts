import type { Channels } from '@parley/core'
import { getChannel, listMembers } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'
import { channelToWire, type Liveness, memberToWire } from '../../wire/channel.ts'

export function getChannelRoute(channels: Channels): BoundRoute {
  return implement(getChannel, async ({ caller, params }) => ({
    channel: channelToWire(await channels.get(caller, params.id)),
  }))
}

export function listMembersRoute(channels: Channels, liveness: Liveness): BoundRoute {
  return implement(listMembers, async ({ caller, params }) => ({
    members: (await channels.members(caller, params.id)).map((member) => memberToWire(member, liveness)),
  }))
}
