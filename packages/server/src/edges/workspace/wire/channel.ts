import type { ChannelView, MemberView } from '@parley/core'
import type { Channel, Member } from '@parley/protocol/workspace'
import type { DeepReadonly } from '../route-handler.ts'
import { messageToWire } from './message.ts'

export function channelToWire(channel: ChannelView): DeepReadonly<Channel> {
  return {
    id: channel.id,
    name: channel.name,
    type: channel.type,
    avatar: channel.avatar,
    leaderAgentId: channel.leaderAgentId,
    agentIds: channel.agentIds,
    userIds: channel.userIds,
    pinned: channel.pinned,
    muted: channel.muted,
    createdAt: new Date(channel.createdAt).toISOString(),
    lastSeq: channel.lastSeq,
    readSeq: channel.readSeq,
    unread: channel.unread,
    unreadMentions: channel.unreadMentions,
    lastMessage: channel.lastMessage === null ? null : messageToWire(channel.lastMessage),
    draft: channel.draft,
  }
}

/** Who is here and who works, as far as this process knows. */
export interface Liveness {
  isOnline(userId: string): boolean
  isBusy(agentId: string): boolean
}

export function memberToWire(member: MemberView, liveness: Liveness): Member {
  return {
    type: member.type,
    id: member.id,
    name: member.name,
    avatar: member.avatar,
    role: member.role,
    status: memberStatus(member, liveness),
    joinedAt: new Date(member.joinedAt).toISOString(),
  }
}

function memberStatus(member: MemberView, liveness: Liveness): Member['status'] {
  if (member.type === 'user') return liveness.isOnline(member.id) ? 'online' : 'offline'
  if (member.disabled) return 'disabled'
  return liveness.isBusy(member.id) ? 'busy' : 'online'
}
