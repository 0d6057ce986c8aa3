/** Finds the colleague a model names, and refuses the calls that would go in circles. */
import type { Conversation, Seat, SeatMember } from '../seat.ts'
import { plainName } from '../speaker-label.ts'
import { toolErrors } from '../tools/errors.ts'

/** Agents of the conversation first, then those the seat offers besides. */
export async function listColleagues(conversation: Conversation, seat: Seat): Promise<readonly SeatMember[]> {
  const agents = new Map<string, SeatMember>()
  const others = (await seat.agents?.()) ?? []
  for (const member of [...conversation.members, ...others]) {
    if (member.kind === 'agent' && !agents.has(member.id)) agents.set(member.id, member)
  }
  return [...agents.values()]
}

/** Throws `tool_refused` with the reason when the call is not possible. `path`: ids of the agents at work, outermost first. */
export function findColleague(
  nameOrId: string,
  path: readonly string[],
  colleagues: readonly SeatMember[],
  depth: number,
): SeatMember {
  const wanted = nameOrId.trim().replace(/^@/, '').toLowerCase()
  const found =
    colleagues.find((member) => member.id === nameOrId.trim()) ??
    colleagues.find((member) => namesOf(member).some((name) => name.toLowerCase() === wanted))
  const self = path.at(-1)
  if (found === undefined) {
    const names = colleagues.filter((member) => member.id !== self).map((member) => plainName(member.name))
    const known = names.length === 0 ? 'There are no other agents.' : `There are: ${names.slice(0, 20).join(', ')}.`
    throw refused(`There is no agent "${nameOrId.slice(0, 100)}". ${known}`)
  }
  if (found.id === self) throw refused('You cannot call yourself. Do the task yourself.')
  if (path.includes(found.id)) {
    throw refused(`${plainName(found.name)} is waiting for your answer and cannot be called from here.`)
  }
  if (path.length > depth) throw refused(`Agents may be stacked ${depth} deep only. Do the task yourself.`)
  return found
}

function namesOf(member: SeatMember): readonly string[] {
  return [member.id, member.name, ...member.aliases]
}

function refused(reason: string): Error {
  return toolErrors.tool_refused({ details: { reason } })
}
