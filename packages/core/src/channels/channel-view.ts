import { channelKey } from '../bells.ts'
import type { ChannelReader, ChannelRecord, LogReader, MemberRecord, PreferenceRecord } from '../ports/index.ts'
import { otherSide } from './addressing.ts'
import { type ChannelMessage, messageOf } from './message.ts'
import type { Roster, RosterMember } from './roster.ts'

/** A channel as one person sees it. */
export interface ChannelView {
  readonly id: string
  /** Of a direct chat without a name: the name of the other side. */
  readonly name: string
  readonly type: 'dm' | 'group'
  /** Of a direct chat without one: the avatar of the other side. */
  readonly avatar: string
  readonly leaderAgentId: string | null
  readonly agentIds: readonly string[]
  readonly userIds: readonly string[]
  readonly pinned: boolean
  readonly muted: boolean
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly lastSeq: number
  readonly readSeq: number
  /** At most 999. */
  readonly unread: number
  /** At most 999. */
  readonly unreadMentions: number
  readonly lastMessage: ChannelMessage | null
  readonly draft: string
}

export interface MemberView {
  readonly type: 'user' | 'agent'
  readonly id: string
  readonly name: string
  readonly avatar: string
  readonly role: 'owner' | 'admin' | 'member'
  /** Agents only; a person is never disabled. */
  readonly disabled: boolean
  /** Milliseconds since the epoch. */
  readonly joinedAt: number
}

export interface ViewPorts {
  readonly channels: ChannelReader
  readonly log: LogReader
  readonly roster: Roster
}

const CAP = 999

export async function viewOf(
  { channels, log, roster }: ViewPorts,
  channel: ChannelRecord,
  userId: string,
  preference: PreferenceRecord | undefined,
): Promise<ChannelView> {
  const key = channelKey(channel.id)
  const [state, readSeq, members, last, name] = await Promise.all([
    log.state(key),
    log.cursor(key, userId),
    channels.members(channel.id),
    log.page({ key, limit: 1, kind: 'message' }),
    nameOf(roster, channel, userId),
  ])
  const isRead = readSeq >= state.head
  const [unread, unreadMentions] = isRead
    ? [0, 0]
    : await Promise.all([
        log.count(key, readSeq, userId, CAP),
        channels.countMentions(channel.id, userId, readSeq, CAP),
      ])
  const newest = last.at(-1)
  return {
    id: channel.id,
    ...name,
    type: channel.type,
    leaderAgentId: channel.leaderAgentId,
    agentIds: idsOf(members, 'agent'),
    userIds: idsOf(members, 'user'),
    pinned: preference?.pinned ?? false,
    muted: preference?.muted ?? false,
    createdAt: channel.createdAt,
    lastSeq: state.head,
    readSeq,
    unread,
    unreadMentions,
    lastMessage: newest ? messageOf(newest) : null,
    draft: preference?.draft ?? '',
  }
}

export function idsOf(members: readonly MemberRecord[], type: MemberRecord['type']): readonly string[] {
  return members.filter((member) => member.type === type).map((member) => member.id)
}

async function nameOf(
  roster: Roster,
  channel: ChannelRecord,
  userId: string,
): Promise<{ readonly name: string; readonly avatar: string }> {
  const { name, avatar } = channel
  const otherId = name === '' || avatar === '' ? otherSide(channel, userId) : undefined
  if (otherId === undefined) return { name, avatar }
  const other = (await roster.agent(otherId)) ?? (await roster.person(otherId))
  return { name: name || (other?.name ?? otherId), avatar: avatar || (other?.avatar ?? '') }
}

export function memberViewOf(entry: RosterMember): MemberView {
  const { type, id, role, joinedAt } = entry.member
  const { name, avatar } = entry.kind === 'agent' ? entry.agent : entry.user
  return { type, id, name, avatar, role, disabled: entry.kind === 'agent' && entry.agent.disabled, joinedAt }
}
