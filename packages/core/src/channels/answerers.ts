/** Which agents answer a message of a person. Pure. */
export interface AnswerersInput {
  readonly type: 'dm' | 'group'
  /** Enabled agents among the members, in order of joining. */
  readonly agentIds: readonly string[]
  /** Ids addressed in the text, people and agents, in order. */
  readonly mentioned: readonly string[]
  readonly everybody: boolean
  /** Agent whose message is replied to. */
  readonly repliedAgentId?: string | undefined
  readonly leaderAgentId: string | null
}

/**
 * A direct chat: its agent. A group: the mentioned agents, else the agent replied to, else the leader, else nobody.
 * A text that addresses people only is for them: the leader keeps quiet.
 */
export function answerersOf(input: AnswerersInput): readonly string[] {
  const { agentIds, mentioned, repliedAgentId, leaderAgentId } = input
  if (input.type === 'dm' || input.everybody) return agentIds
  const agents = mentioned.filter((id) => agentIds.includes(id))
  if (agents.length > 0) return agents
  if (repliedAgentId !== undefined && agentIds.includes(repliedAgentId)) return [repliedAgentId]
  if (mentioned.length > 0) return []
  return leaderAgentId !== null && agentIds.includes(leaderAgentId) ? [leaderAgentId] : []
}
