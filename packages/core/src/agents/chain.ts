/** What happened among the agents of a channel since a person last spoke, read from the log. */
import { messageOf } from '../channels/message.ts'
import type { JobReader, LogReader } from '../ports/index.ts'
import { answerJobOf } from './answer-job.ts'
import type { Call } from './loop-guard.ts'

export interface Chain {
  readonly calls: readonly Call[]
  /** True when the guard has already been reported in this chain. */
  readonly reported: boolean
}

/** Messages looked back at. More than the limit of calls, with room for notices and answers asked for by people. */
const LOOK_BACK = 100

/** `exceptJobId`: the running job itself, whose answer is in the log already. */
export async function chainOf(log: LogReader, jobs: JobReader, key: string, exceptJobId: string): Promise<Chain> {
  const entries = await log.page({ key, limit: LOOK_BACK, kind: 'message' })
  const calls: Call[] = []
  let reported = false
  for (const entry of entries.toReversed()) {
    const { userId, agentId, metadata } = messageOf(entry)
    if (userId !== null) break
    if (metadata.notice?.code === 'loop_guard') reported = true
    const from = metadata.answer?.calledBy
    if (agentId !== null && from !== undefined) calls.push({ from, to: agentId })
  }
  for (const job of await jobs.pending(key)) {
    if (job.status !== 'queued' || job.id === exceptJobId) continue
    const { calledBy, agentId } = answerJobOf(job)
    if (calledBy !== undefined) calls.push({ from: calledBy, to: agentId })
  }
  return { calls, reported }
}
