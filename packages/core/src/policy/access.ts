import { coreErrors } from '../errors.ts'
import type { Caller } from '../identity/caller.ts'
import type { ChannelReader, ChannelRecord, MemberRecord, Role } from '../ports/index.ts'
import type { MessageRate } from './message-rate.ts'

const ladder: Readonly<Record<Role, number>> = { guest: 0, member: 1, admin: 2, owner: 3 }

/** True when `role` is at least `least`. */
export function reaches(role: Role, least: Role): boolean {
  return ladder[role] >= ladder[least]
}

export interface Membership {
  readonly channel: ChannelRecord
  readonly member: MemberRecord
}

/**
 * The one place that says who may do what: role ladder, channel membership, who runs a channel, how fast one may write.
 * A channel is visible to its members only, whatever their role in the workspace.
 */
export class Access {
  readonly #channels: ChannelReader
  readonly #rate: MessageRate

  constructor(channels: ChannelReader, rate: MessageRate) {
    this.#channels = channels
    this.#rate = rate
  }

  /** Errors: `forbidden`. */
  role(caller: Caller, least: Role): void {
    if (!reaches(caller.role, least)) throw coreErrors.forbidden({ details: { role: least } })
  }

  /** Takes one message of the person's allowance. Errors: `rate_limited` (retryAfter). */
  pace(caller: Caller): void {
    this.#rate.take(caller.userId)
  }

  /** May see the channel. Errors: `channel_not_found`, `not_a_member`. */
  async member(caller: Caller, channelId: string): Promise<Membership> {
    const [member, channel] = await Promise.all([
      this.#channels.member(channelId, caller.userId),
      this.#channels.get(channelId),
    ])
    if (!channel) throw coreErrors.channel_not_found({ details: { id: channelId } })
    if (!member) throw coreErrors.not_a_member()
    return { channel, member }
  }

  /** May act in it. Errors also: `forbidden`. */
  async participant(caller: Caller, channelId: string): Promise<Membership> {
    this.role(caller, 'member')
    return this.member(caller, channelId)
  }

  /** May change it: runs the channel, or is an admin of the workspace among its members. Errors also: `not_channel_admin`. */
  async manager(caller: Caller, channelId: string): Promise<Membership> {
    const membership = await this.participant(caller, channelId)
    if (!this.runs(caller, membership)) throw coreErrors.not_channel_admin()
    return membership
  }

  runs(caller: Caller, { channel, member }: Membership): boolean {
    return channel.type === 'dm' || member.role !== 'member' || reaches(caller.role, 'admin')
  }
}
