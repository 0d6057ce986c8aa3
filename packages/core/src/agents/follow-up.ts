/** What an agent's finished answer sets in motion: colleagues it addresses, people it mentions, or a visible notice. */
import { channelKey } from '../bells.ts'
import { findMentions, mayMention } from '../channels/mentions.ts'
import { encodeBody } from '../channels/message.ts'
import type { Roster } from '../channels/roster.ts'
import type { JobReader, LogReader, WriteOp } from '../ports/index.ts'
import type { Stamps } from '../stamps.ts'
import { type AnswerJob, enqueueAnswer } from './answer-job.ts'
import { chainOf } from './chain.ts'
import { defaultLoopLimits, guardLoop, type LoopVerdict } from './loop-guard.ts'

export interface FollowUpPorts {
  readonly log: LogReader
  readonly jobs: JobReader
  readonly roster: Roster
  readonly stamps: Stamps
}

export interface FollowUp {
  readonly mentions: readonly string[]
  readonly ops: readonly WriteOp[]
}

const nothing: FollowUp = { mentions: [], ops: [] }

export async function followUpOf(ports: FollowUpPorts, job: AnswerJob, text: string): Promise<FollowUp> {
  if (!mayMention(text)) return nothing
  const members = await ports.roster.members(job.channelId)
  const { ids, everybody } = findMentions(text, members)
  const addressed = members.filter((member) => member.id !== job.agentId && (everybody || ids.includes(member.id)))
  const people = addressed.filter((member) => member.kind === 'person').map((member) => member.id)
  const targets = addressed.filter((member) => member.kind === 'agent' && !member.agent.disabled)
  const inOrder = everybody
    ? targets.map((member) => member.id)
    : ids.filter((id) => targets.some((member) => member.id === id))

  const ops: WriteOp[] = people.map((userId) => ({
    op: 'mention.add',
    channelId: job.channelId,
    userId,
    messageId: job.messageId,
  }))
  if (inOrder.length > 0) {
    const chain = await chainOf(ports.log, ports.jobs, channelKey(job.channelId), job.jobId)
    const input = { callerId: job.agentId, hops: job.hops, targets: inOrder, calls: chain.calls }
    const verdict = guardLoop(input)
    for (const agentId of verdict.allowed) ops.push(callOp(ports.stamps, job, agentId))
    if (verdict.refused.length > 0 && !chain.reported) {
      const names = new Map(members.map((member) => [member.id, member.names[0] ?? member.id]))
      ops.push(noticeOp(ports.stamps, job, verdict, names))
    }
  }
  const own = ids.filter((id) => id !== job.agentId)
  return { mentions: everybody ? [...own, 'all'] : own, ops }
}

function callOp(stamps: Stamps, job: AnswerJob, agentId: string): WriteOp {
  return enqueueAnswer(stamps, {
    channelId: job.channelId,
    agentId,
    triggerId: job.messageId,
    askerId: job.askerId,
    messageId: stamps.id('msg'),
    hops: job.hops + 1,
    calledBy: job.agentId,
  })
}

function noticeOp(stamps: Stamps, job: AnswerJob, verdict: LoopVerdict, names: ReadonlyMap<string, string>): WriteOp {
  const reason = verdict.refused[0]?.reason ?? 'total'
  const nameOf = (id: string): string => names.get(id) ?? id
  const called = verdict.refused.map((refusal) => nameOf(refusal.agentId)).join(', ')
  const values = { agent: nameOf(job.agentId), called, reason, limit: defaultLoopLimits[reason] }
  return {
    op: 'log.append',
    id: stamps.id('msg'),
    targets: [{ key: channelKey(job.channelId) }],
    producer: 'system',
    at: stamps.now(),
    body: encodeBody({
      agentId: null,
      userId: null,
      type: 'text',
      content: `The agents were paused: ${values.agent} called ${called} once too often. Write something to go on.`,
      metadata: { notice: { code: 'loop_guard', values } },
    }),
  }
}
