import type { AgentRecord, ChannelRecord } from '../ports/index.ts'
import { answerersOf } from './answerers.ts'
import { findMentions, mayMention } from './mentions.ts'
import type { Roster } from './roster.ts'

export interface AddressedText {
  readonly channel: ChannelRecord
  readonly authorId: string
  readonly text: string
  /** Agent whose message is replied to. */
  readonly repliedAgentId?: string | undefined
}

export interface Addressees {
  /** For the message's metadata: ids in order, `all` last when everybody was addressed. */
  readonly mentions: readonly string[]
  /** People who get an unread mention. */
  readonly people: readonly string[]
  /** Agents who answer, in order. */
  readonly answerers: readonly string[]
}

/** Whom a person's message is for. Reads the members only when the text has an `@`. */
export async function addresseesOf(roster: Roster, input: AddressedText): Promise<Addressees> {
  const { channel, authorId, text, repliedAgentId } = input
  const common = { type: channel.type, repliedAgentId, leaderAgentId: channel.leaderAgentId }
  if (!mayMention(text)) {
    const agentIds = await candidates(roster, input)
    return {
      mentions: [],
      people: [],
      answerers: answerersOf({ ...common, agentIds, mentioned: [], everybody: false }),
    }
  }
  const members = await roster.members(channel.id)
  const { ids, everybody } = findMentions(text, members)
  const others = members.filter((member) => member.kind === 'person' && member.id !== authorId)
  const people = others.filter((member) => everybody || ids.includes(member.id)).map((member) => member.id)
  const enabled = members.filter((member) => member.kind === 'agent' && !member.agent.disabled)
  const agentIds = enabled.map((member) => member.id)
  const answerers = answerersOf({ ...common, agentIds, mentioned: ids, everybody })
  return { mentions: everybody ? [...ids, 'all'] : ids, people, answerers }
}

/** Without a mention only these can answer: the other side of a dm, the agent replied to, the leader. */
async function candidates(roster: Roster, input: AddressedText): Promise<readonly string[]> {
  const { channel, authorId, repliedAgentId } = input
  const ids = channel.type === 'dm' ? [otherSide(channel, authorId)] : [repliedAgentId, channel.leaderAgentId]
  const found: string[] = []
  for (const id of new Set(ids)) {
    const agent = id === undefined || id === null ? undefined : await roster.agent(id)
    if (agent && canAnswer(agent) && (await roster.isMember(channel.id, agent.id))) found.push(agent.id)
  }
  return found
}

function canAnswer(agent: AgentRecord): boolean {
  return !agent.disabled
}

const SEPARATOR = '|'

/** Makes a second direct chat of the same two impossible. Ids never contain the separator. */
export function dmKeyOf(first: string, second: string): string {
  return [first, second].toSorted().join(SEPARATOR)
}

/** The other member of a direct chat. */
export function otherSide(channel: ChannelRecord, memberId: string): string | undefined {
  return channel.dmKey?.split(SEPARATOR).find((id) => id !== memberId)
}
