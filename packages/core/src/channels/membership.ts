/** Units that change who is in a group. Pure. */
import { channelKey } from '../bells.ts'
import type { ChannelRecord, MemberRecord, WriteOp } from '../ports/index.ts'

export interface Newcomer {
  readonly type: MemberRecord['type']
  readonly id: string
}

/** `head`: position of the channel now, so that its history does not count as unread for newcomers. */
export function joinOps(
  channelId: string,
  newcomers: readonly Newcomer[],
  joinedAt: number,
  head: number,
  role: MemberRecord['role'] = 'member',
): readonly WriteOp[] {
  const ops: WriteOp[] = []
  for (const { type, id } of newcomers) {
    ops.push({ op: 'member.put', record: { channelId, type, id, role, joinedAt } })
    if (type === 'user' && head > 0)
      ops.push({ op: 'cursor.advance', key: channelKey(channelId), reader: id, seq: head })
  }
  return ops
}

export function leaveOps(channelId: string, ids: readonly string[]): readonly WriteOp[] {
  return ids.map((id) => ({ op: 'member.delete', channelId, id }))
}

/** The channel without a leader that is not among its agents. */
export function withValidLeader(channel: ChannelRecord, agentIds: readonly string[]): ChannelRecord {
  const { leaderAgentId } = channel
  return leaderAgentId === null || agentIds.includes(leaderAgentId) ? channel : { ...channel, leaderAgentId: null }
}
