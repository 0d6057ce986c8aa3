import { hasCode, KeyedQueue } from '@parley/base'
import { bells, channelKey } from '../bells.ts'
import { coreErrors } from '../errors.ts'
import type { Caller } from '../identity/caller.ts'
import type { Ledger } from '../ledger.ts'
import { type Access, type Membership, reaches } from '../policy/access.ts'
import type { ChannelReader, ChannelRecord, LogReader, MemberRecord, WriteOp } from '../ports/index.ts'
import type { Stamps } from '../stamps.ts'
import { dmKeyOf } from './addressing.ts'
import { type ChannelView, idsOf, type MemberView, memberViewOf, viewOf } from './channel-view.ts'
import { joinOps, leaveOps, type Newcomer, withValidLeader } from './membership.ts'
import { checkedAvatar, checkedChannelName, invalidChannel, type NewChannel } from './new-channel.ts'
import type { Roster } from './roster.ts'
import { successionOps } from './succession.ts'

export interface ChannelsPorts {
  readonly channels: ChannelReader
  readonly log: LogReader
  readonly roster: Roster
  readonly access: Access
  readonly ledger: Ledger
  readonly stamps: Stamps
}

export interface NewMembers {
  readonly agentIds?: readonly string[] | undefined
  readonly userIds?: readonly string[] | undefined
}

export interface ChannelPatch {
  readonly name?: string | undefined
  readonly avatar?: string | undefined
  readonly leaderAgentId?: string | null | undefined
  /** Replaces the agents. */
  readonly agentIds?: readonly string[] | undefined
  /** Replaces the people; the caller and the channel's owner stay. */
  readonly userIds?: readonly string[] | undefined
}

export interface PreferencePatch {
  readonly pinned?: boolean | undefined
  readonly muted?: boolean | undefined
  readonly draft?: string | undefined
}

const MAX_DRAFT = 100_000
const MAX_CONFLICTS = 5

/**
 * Channels are visible to their members only: the owner of the workspace is not implicitly one.
 * Changes ring `user:{id}` of each member, read markers `read:{id}` of the reader.
 */
export class Channels {
  readonly #ports: ChannelsPorts
  readonly #preferences = new KeyedQueue()
  /** Changes of who is in a channel run one after another, so that many at once do not tire of each other's conflicts. */
  readonly #memberships = new KeyedQueue()

  constructor(ports: ChannelsPorts) {
    this.#ports = ports
  }

  /** The caller's channels with unread counts. */
  async listFor(caller: Caller): Promise<readonly ChannelView[]> {
    const { channels } = this.#ports
    const records = await channels.listFor(caller.userId)
    const preferences = new Map((await channels.preferencesFor(caller.userId)).map((found) => [found.channelId, found]))
    return Promise.all(records.map((record) => viewOf(this.#ports, record, caller.userId, preferences.get(record.id))))
  }

  /** Ids only: for listening to the bells of all of a person's channels. */
  async idsFor(caller: Caller): Promise<readonly string[]> {
    return (await this.#ports.channels.listFor(caller.userId)).map((channel) => channel.id)
  }

  /** Errors: `channel_not_found`, `not_a_member`. */
  async get(caller: Caller, channelId: string): Promise<ChannelView> {
    const { channel } = await this.#ports.access.member(caller, channelId)
    return this.#view(caller, channel)
  }

  /** Newest position; also the permission check of a subscription. Errors as {@link get}. */
  async head(caller: Caller, channelId: string): Promise<number> {
    await this.#ports.access.member(caller, channelId)
    return (await this.#ports.log.state(channelKey(channelId))).head
  }

  /** In order of joining. Errors as {@link get}. */
  async members(caller: Caller, channelId: string): Promise<readonly MemberView[]> {
    await this.#ports.access.member(caller, channelId)
    return (await this.#ports.roster.members(channelId)).map(memberViewOf)
  }

  /** The caller becomes its owner. A second dm of the same two returns the first. Errors: `forbidden`, `invalid_channel`, `agent_not_found`, `user_not_found`. */
  async create(caller: Caller, input: NewChannel): Promise<ChannelView> {
    this.#ports.access.role(caller, 'member')
    const others = await this.#newcomers(input, [caller.userId])
    const channel =
      input.type === 'dm' ? await this.#createDm(caller, input, others) : await this.#createGroup(caller, input, others)
    return this.#view(caller, channel)
  }

  /** Errors: `channel_not_found`, `not_a_member`, `forbidden`, `not_channel_admin`, `invalid_channel`, `agent_not_found`, `user_not_found`. */
  async update(caller: Caller, channelId: string, patch: ChannelPatch): Promise<ChannelView> {
    return this.#retrying(channelId, async () => {
      const { channel } = await this.#ports.access.manager(caller, channelId)
      if (channel.type === 'dm' && (patch.agentIds || patch.userIds || patch.leaderAgentId)) throw dmFixed()
      const members = await this.#ports.channels.members(channelId)
      const staying = this.#staying(caller, members, patch)
      const known = new Set(members.map((member) => member.id))
      const joining = (await this.#newcomers(patch, [])).filter((newcomer) => !known.has(newcomer.id))
      const leaving = members.filter((member) => !staying.includes(member)).map((member) => member.id)
      const agentIds = [
        ...idsOf(staying, 'agent'),
        ...joining.filter((one) => one.type === 'agent').map((one) => one.id),
      ]
      const changed = withValidLeader(withPatch(channel, patch, agentIds), agentIds)
      const head = joining.length > 0 ? (await this.#ports.log.state(channelKey(channelId))).head : 0
      const unit: WriteOp[] = [
        { op: 'channel.put', record: changed, expectVersion: channel.version },
        ...joinOps(channelId, joining, this.#ports.stamps.now(), head),
        ...leaveOps(channelId, leaving),
      ]
      await this.#ports.ledger.commit(
        unit,
        bellsOf([...members.map((member) => member.id), ...joining.map((one) => one.id)]),
      )
      return this.#view(caller, { ...changed, version: channel.version + 1 })
    })
  }

  /** Its messages are no longer readable. Errors as {@link update}. */
  async delete(caller: Caller, channelId: string): Promise<void> {
    await this.#ports.access.manager(caller, channelId)
    const members = await this.#ports.channels.members(channelId)
    const key = channelKey(channelId)
    const unit = [
      { op: 'job.cancel', lane: key },
      { op: 'channel.delete', id: channelId, key },
    ] as const
    await this.#ports.ledger.commit(unit, bellsOf(idsOf(members, 'user')))
  }

  /** Members already there stay as they are. Errors as {@link update}. */
  async addMembers(caller: Caller, channelId: string, members: NewMembers): Promise<void> {
    const { access, channels, log, ledger, stamps } = this.#ports
    const { channel } = await access.manager(caller, channelId)
    if (channel.type === 'dm') throw dmFixed()
    const present = await channels.members(channelId)
    const known = present.map((member) => member.id)
    const joining = await this.#newcomers(members, known)
    if (joining.length === 0) return
    const { head } = await log.state(channelKey(channelId))
    const bellsToRing = bellsOf([...known, ...joining.map((one) => one.id)])
    await ledger.commit(joinOps(channelId, joining, stamps.now(), head), bellsToRing)
  }

  /** Removing oneself leaves. Errors also: `member_not_found`, `last_person`, `invalid_channel` (dm). */
  async removeMember(caller: Caller, channelId: string, memberId: string): Promise<void> {
    await this.#retrying(channelId, async () => {
      const membership = await this.#ports.access.member(caller, channelId)
      const { channel } = membership
      if (channel.type === 'dm') throw dmFixed()
      const members = await this.#ports.channels.members(channelId)
      const leaving = members.find((member) => member.id === memberId)
      if (memberId !== caller.userId) this.#assertMayRemove(caller, membership, leaving)
      if (!leaving) throw coreErrors.member_not_found({ details: { id: memberId } })
      if (leaving.type === 'user' && idsOf(members, 'user').length === 1) throw coreErrors.last_person()
      const leaderAgentId = channel.leaderAgentId === memberId ? null : channel.leaderAgentId
      const unit: WriteOp[] = [
        // Always put: the version makes a second one who leaves at the same time look again at who is left.
        { op: 'channel.put', record: { ...channel, leaderAgentId }, expectVersion: channel.version },
        ...successionOps(members, memberId),
        ...leaveOps(channelId, [memberId]),
      ]
      await this.#ports.ledger.commit(unit, bellsOf(members.map((member) => member.id)))
    })
  }

  /** Moves the caller's read marker forward; it never goes back. Returns where it is. Errors: `cursor_past_head`. */
  async markRead(caller: Caller, channelId: string, seq: number): Promise<number> {
    const { access, log, ledger } = this.#ports
    await access.member(caller, channelId)
    const key = channelKey(channelId)
    const current = await log.cursor(key, caller.userId)
    if (seq <= current) return current
    const advance = { op: 'cursor.advance', key, reader: caller.userId, seq } as const
    const [moved] = await ledger.commit([advance], [bells.read(caller.userId)])
    return moved.seq
  }

  /** The caller's own view of a channel. Errors: `channel_not_found`, `not_a_member`, `invalid_channel`. */
  async setPreferences(caller: Caller, channelId: string, patch: PreferencePatch): Promise<void> {
    const { access, channels, ledger } = this.#ports
    const { userId } = caller
    if ((patch.draft?.length ?? 0) > MAX_DRAFT) throw invalidChannel(`A draft has at most ${MAX_DRAFT} characters.`)
    await access.member(caller, channelId)
    // One after another: two tabs that change different fields must not undo each other.
    await this.#preferences.run(`${channelId} ${userId}`, async () => {
      const stored = await channels.preference(channelId, userId)
      const record = {
        channelId,
        userId,
        pinned: patch.pinned ?? stored?.pinned ?? false,
        muted: patch.muted ?? stored?.muted ?? false,
        draft: patch.draft ?? stored?.draft ?? '',
      }
      // A draft is saved while its writer types: telling every tab each time would make them reload all the while.
      const isDraftOnly = patch.pinned === undefined && patch.muted === undefined
      await ledger.commit([{ op: 'preference.put', record }], isDraftOnly ? [] : [bells.user(userId)])
    })
  }

  async #createDm(caller: Caller, input: NewChannel, others: readonly Newcomer[]): Promise<ChannelRecord> {
    const { channels, ledger, stamps } = this.#ports
    const [other] = others
    if (!other || others.length > 1) throw invalidChannel('A direct chat has exactly one other member.')
    if (input.leaderAgentId) throw dmFixed()
    const dmKey = dmKeyOf(caller.userId, other.id)
    const existing = await channels.byDmKey(dmKey)
    if (existing) return this.#rejoined(existing, others)
    const name = input.name === undefined ? '' : checkedChannelName(input.name)
    const channel = { ...this.#blank(caller, input), name, type: 'dm' as const, leaderAgentId: null, dmKey }
    try {
      await ledger.commit(this.#creation(caller, channel, others, stamps.now()), bellsOf([caller.userId, other.id]))
      return channel
    } catch (error) {
      // Somebody created the same direct chat at the same time: that one is it.
      const first = hasCode(error, 'write_conflict') ? await channels.byDmKey(dmKey) : undefined
      if (first) return first
      throw error
    }
  }

  /** An agent that was deleted and made again under its old id is let back into its direct chats. */
  async #rejoined(channel: ChannelRecord, others: readonly Newcomer[]): Promise<ChannelRecord> {
    const { roster, ledger, stamps } = this.#ports
    for (const other of others) {
      if (await roster.isMember(channel.id, other.id)) continue
      await ledger.commit(joinOps(channel.id, [other], stamps.now(), 0), [bells.user(other.id)])
    }
    return channel
  }

  async #createGroup(caller: Caller, input: NewChannel, others: readonly Newcomer[]): Promise<ChannelRecord> {
    const { ledger, stamps } = this.#ports
    if (input.name === undefined) throw invalidChannel('A group needs a name.')
    const agentIds = others.filter((other) => other.type === 'agent').map((other) => other.id)
    const channel: ChannelRecord = {
      ...this.#blank(caller, input),
      name: checkedChannelName(input.name),
      type: 'group',
      leaderAgentId: checkedLeader(input.leaderAgentId ?? null, agentIds),
      dmKey: null,
    }
    const ids = [caller.userId, ...others.map((other) => other.id)]
    await ledger.commit(this.#creation(caller, channel, others, stamps.now()), bellsOf(ids))
    return channel
  }

  #blank(caller: Caller, input: NewChannel) {
    const { stamps } = this.#ports
    const avatar = checkedAvatar(input.avatar ?? '')
    return { id: stamps.id('ch'), avatar, createdBy: caller.userId, createdAt: stamps.now(), version: 1 }
  }

  #creation(caller: Caller, channel: ChannelRecord, others: readonly Newcomer[], now: number): readonly WriteOp[] {
    return [
      { op: 'channel.put', record: channel, expectVersion: 0 },
      ...joinOps(channel.id, [{ type: 'user', id: caller.userId }], now, 0, 'owner'),
      ...joinOps(channel.id, others, now, 0),
    ]
  }

  /** Members named that are not in `known`, each once, agents first. Errors: `agent_not_found`, `user_not_found`. */
  async #newcomers(
    { agentIds = [], userIds = [] }: NewMembers,
    known: readonly string[],
  ): Promise<readonly Newcomer[]> {
    const { roster } = this.#ports
    const newcomers: Newcomer[] = []
    for (const id of new Set(agentIds)) {
      if (!(await roster.agent(id))) throw coreErrors.agent_not_found({ details: { id } })
      if (!known.includes(id)) newcomers.push({ type: 'agent', id })
    }
    for (const id of new Set(userIds)) {
      if (!(await roster.person(id))) throw coreErrors.user_not_found({ details: { id } })
      if (!known.includes(id)) newcomers.push({ type: 'user', id })
    }
    return newcomers
  }

  #staying(caller: Caller, members: readonly MemberRecord[], patch: ChannelPatch): readonly MemberRecord[] {
    return members.filter((member) => {
      if (member.type === 'agent') return patch.agentIds?.includes(member.id) ?? true
      return member.id === caller.userId || member.role === 'owner' || (patch.userIds?.includes(member.id) ?? true)
    })
  }

  #assertMayRemove(caller: Caller, membership: Membership, leaving: MemberRecord | undefined): void {
    const { access } = this.#ports
    access.role(caller, 'member')
    const isOwner = leaving?.role === 'owner' && !reaches(caller.role, 'admin')
    if (!access.runs(caller, membership) || isOwner) throw coreErrors.not_channel_admin()
  }

  async #view(caller: Caller, channel: ChannelRecord): Promise<ChannelView> {
    const preference = await this.#ports.channels.preference(channel.id, caller.userId)
    return viewOf(this.#ports, channel, caller.userId, preference)
  }

  async #retrying<T>(channelId: string, attempt: () => Promise<T>): Promise<T> {
    for (let conflicts = 0; ; conflicts++) {
      try {
        return await this.#memberships.run(channelId, attempt)
      } catch (error) {
        if (!hasCode(error, 'write_conflict') || conflicts >= MAX_CONFLICTS) throw error
      }
    }
  }
}

function withPatch(channel: ChannelRecord, patch: ChannelPatch, agentIds: readonly string[]): ChannelRecord {
  return {
    ...channel,
    name: patch.name === undefined ? channel.name : checkedChannelName(patch.name),
    avatar: patch.avatar === undefined ? channel.avatar : checkedAvatar(patch.avatar),
    leaderAgentId:
      patch.leaderAgentId === undefined ? channel.leaderAgentId : checkedLeader(patch.leaderAgentId, agentIds),
  }
}

function checkedLeader(leaderAgentId: string | null, agentIds: readonly string[]): string | null {
  if (leaderAgentId === null || agentIds.includes(leaderAgentId)) return leaderAgentId
  throw invalidChannel('The leader must be an agent of the channel.')
}

function dmFixed(): Error {
  return invalidChannel('The members of a direct chat are fixed, and it has no leader.')
}

/** Ids of agents among them do no harm: nobody listens to their bell. */
function bellsOf(memberIds: readonly string[]): readonly string[] {
  return [...new Set(memberIds)].map(bells.user)
}
