import { namesOfAgent } from '../identity/names.ts'
import type {
  AgentReader,
  AgentRecord,
  ChannelReader,
  ChannelRecord,
  MemberRecord,
  UserReader,
  UserRecord,
} from '../ports/index.ts'
import type { Mentionable } from './mentions.ts'

export interface RosterPorts {
  readonly channels: ChannelReader
  readonly agents: AgentReader
  readonly users: UserReader
}

export type RosterMember = Mentionable & { readonly member: MemberRecord } & (
    | { readonly kind: 'agent'; readonly agent: AgentRecord }
    | { readonly kind: 'person'; readonly user: UserRecord }
  )

/** Above this many members of a kind, one list is cheaper than a read per member. */
const POINT_READS = 16

/** Who is in a channel, with names. Members whose record is gone are left out. */
export class Roster {
  readonly #ports: RosterPorts

  constructor(ports: RosterPorts) {
    this.#ports = ports
  }

  channel(id: string): Promise<ChannelRecord | undefined> {
    return this.#ports.channels.get(id)
  }

  agent(id: string): Promise<AgentRecord | undefined> {
    return this.#ports.agents.get(id)
  }

  person(id: string): Promise<UserRecord | undefined> {
    return this.#ports.users.get(id)
  }

  isMember(channelId: string, memberId: string): Promise<boolean> {
    return this.#ports.channels.member(channelId, memberId).then((member) => member !== undefined)
  }

  /** In order of joining. */
  async members(channelId: string): Promise<readonly RosterMember[]> {
    const members = await this.#ports.channels.members(channelId)
    const [agents, users] = await Promise.all([
      records(this.#ports.agents, members, 'agent'),
      records(this.#ports.users, members, 'user'),
    ])
    const roster: RosterMember[] = []
    for (const member of members) {
      const agent = member.type === 'agent' ? agents.get(member.id) : undefined
      const user = member.type === 'user' ? users.get(member.id) : undefined
      if (agent) roster.push({ kind: 'agent', id: agent.id, names: namesOfAgent(agent), member, agent })
      else if (user) roster.push({ kind: 'person', id: user.id, names: [user.name, user.id], member, user })
    }
    return roster
  }
}

async function records<Item extends { readonly id: string }>(
  reader: { get(id: string): Promise<Item | undefined>; list(): Promise<readonly Item[]> },
  members: readonly MemberRecord[],
  type: MemberRecord['type'],
): Promise<ReadonlyMap<string, Item>> {
  const ids = members.filter((member) => member.type === type).map((member) => member.id)
  const items = ids.length <= POINT_READS ? await Promise.all(ids.map((id) => reader.get(id))) : await reader.list()
  return new Map(items.filter((item) => item !== undefined).map((item) => [item.id, item]))
}
