import { hasCode } from '@parley/base'
import type { Failure, ToolStep, Usage } from '@parley/protocol/shared'
import { bells, channelKey } from '../bells.ts'
import { type AnswerInfo, encodeBody, type MessageBody, messageOf } from '../channels/message.ts'
import type { Roster } from '../channels/roster.ts'
import type { Ledger } from '../ledger.ts'
import type { JobReader, JobRecord, LogEntry, LogReader, Role, StreamReader, WriteOp } from '../ports/index.ts'
import type { Stamps } from '../stamps.ts'
import type { AnswerHead } from '../streams/live-answers.ts'
import { restoreAnswer } from '../streams/restore.ts'
import { ANSWER_JOB, type AnswerJob, answerJobOf } from './answer-job.ts'
import { followUpOf } from './follow-up.ts'

export interface AnswerTurnsPorts {
  readonly log: LogReader
  readonly jobs: JobReader
  readonly streams: StreamReader
  readonly roster: Roster
  readonly ledger: Ledger
  readonly stamps: Stamps
}

/** An answer leased to one worker. */
export interface AnswerLease {
  readonly owner: string
  readonly job: AnswerJob
  readonly asker: { readonly id: string; readonly role: Role }
  /** 1 while it runs for the first time; more after a crash. */
  readonly attempts: number
}

export interface AnswerOutcome {
  readonly status: 'done' | 'stopped' | 'failed'
  readonly text: string
  readonly reasoning: string
  readonly tools: readonly ToolStep[]
  readonly model: string
  readonly usage: Usage
  readonly durationMs: number
  readonly failure?: Failure | undefined
}

const JOB_STATUS = { done: 'done', stopped: 'cancelled', failed: 'failed' } as const
const MAX_CONFLICTS = 8
/** Claims of one answer: an end that can never be stored must not make the model answer again and again. */
const MAX_ATTEMPTS = 3

/** The worker's side of answers: claim, hold, begin, finish. Every end is fenced by the lease. */
export class AnswerTurns {
  readonly #ports: AnswerTurnsPorts

  constructor(ports: AnswerTurnsPorts) {
    this.#ports = ports
  }

  /** Ends the leases of a process that died. Call it at the start of a process that owns the store alone. */
  async recover(): Promise<number> {
    const [result] = await this.#ports.ledger.commit([{ op: 'job.release-all' }], [bells.jobs(ANSWER_JOB)])
    return result.released
  }

  /** Leases up to `limit` answers, at most one per channel. Those whose asker is gone are dropped. */
  async claim(owner: string, limit: number, leaseMs: number): Promise<readonly AnswerLease[]> {
    const { ledger, roster, stamps } = this.#ports
    const now = stamps.now()
    const unit = [{ op: 'job.claim', kind: ANSWER_JOB, owner, now, leaseUntil: now + leaseMs, limit }] as const
    const [claimed] = await ledger.commit(unit)
    const leases: AnswerLease[] = []
    for (const record of claimed) {
      const job = answerJobOf(record)
      const asker = await roster.person(job.askerId)
      const lease = leaseOf(record, job, owner, asker?.role ?? 'guest')
      if (asker) leases.push(lease)
      else await this.#drop(lease)
    }
    ledger.ring(...leases.map((lease) => bells.answers(lease.job.channelId)))
    return leases
  }

  /** `held` is false when another worker took the answer over: stop at once and write nothing. */
  async renew(
    lease: AnswerLease,
    leaseMs: number,
  ): Promise<{ readonly held: boolean; readonly stopRequested: boolean }> {
    const leaseUntil = this.#ports.stamps.now() + leaseMs
    const [result] = await this.#ports.ledger.commit([
      { op: 'job.renew', id: lease.job.jobId, owner: lease.owner, leaseUntil },
    ])
    return result
  }

  /**
   * Makes the answer visible as "streaming". Undefined when there is nothing to answer any more, or when an earlier attempt
   * died after it had written something: that one is closed here as a retryable failure which keeps the text. Also undefined,
   * with nothing written, when the lease is lost.
   */
  async begin(lease: AnswerLease): Promise<AnswerHead | undefined> {
    for (let conflicts = 0; ; conflicts++) {
      try {
        return await this.#begin(lease)
      } catch (error) {
        if (!isConflict(error) || conflicts >= MAX_CONFLICTS) throw error
      }
    }
  }

  /**
   * Stores the final message, usage and follow-ups and ends the job, in one transaction.
   * Errors: `lease_lost` (nothing was written).
   */
  async finish(lease: AnswerLease, outcome: AnswerOutcome): Promise<void> {
    for (let conflicts = 0; ; conflicts++) {
      try {
        await this.#finish(lease, outcome)
        return
      } catch (error) {
        if (!isConflict(error) || conflicts >= MAX_CONFLICTS) throw error
      }
    }
  }

  async #begin(lease: AnswerLease): Promise<AnswerHead | undefined> {
    const { log, streams, jobs } = this.#ports
    const { job } = lease
    const record = await jobs.get(job.jobId)
    if (record?.status !== 'running' || record.owner !== lease.owner) return undefined
    const entry = await log.find(job.messageId, channelKey(job.channelId))
    const row = entry && messageOf(entry)
    const isOpen = row?.metadata.answer?.status === 'streaming'
    const pieces = lease.attempts > 1 ? await streams.pieces(job.messageId) : []
    const partial = { ...restoreAnswer(pieces), model: '', usage: { inputTokens: 0, outputTokens: 0 }, durationMs: 0 }
    if (record.stopRequested || !(await this.#hasGround(job))) {
      if (isOpen) await this.#finish(lease, { ...partial, status: 'stopped' })
      else await this.#drop(lease)
      return undefined
    }
    if (isOpen && (pieces.length > 0 || lease.attempts > MAX_ATTEMPTS)) {
      const failure = pieces.length > 0 ? interrupted : givenUp
      await this.#finish(lease, { ...partial, status: 'failed', failure })
      return undefined
    }
    // An answer to be written again may have no row yet: the attempt before it was stopped before it began.
    if (row?.metadata.deletedAt !== undefined) {
      await this.#drop(lease)
      return undefined
    }
    return this.#open(lease, entry)
  }

  async #open(lease: AnswerLease, entry: LogEntry | undefined): Promise<AnswerHead> {
    const { ledger, stamps } = this.#ports
    const { job } = lease
    const body = encodeBody(placeholderOf(job))
    const at = stamps.now()
    const rung = [bells.answers(job.channelId)]
    const { messageId, channelId, agentId, triggerId, jobId } = job
    const head = { messageId, channelId, agentId, triggerId, jobId }
    if (entry) {
      const write = revision(entry, body, stamps, job.agentId)
      await ledger.commit([write, { op: 'stream.clear', messageId }], rung)
      return { ...head, seq: entry.seq, at: entry.at }
    }
    const key = channelKey(channelId)
    const append = { op: 'log.append', id: messageId, targets: [{ key }], producer: agentId, at, body } as const
    // The job is the answer's own id: two attempts that both find no row still make one.
    const [appended] = await ledger.commit([{ ...append, clientId: jobId }], rung)
    return { ...head, seq: appended.seqs[0] ?? 0, at }
  }

  async #finish(lease: AnswerLease, outcome: AnswerOutcome): Promise<void> {
    const { log, ledger, stamps } = this.#ports
    const { job, owner } = lease
    const entry = await log.find(job.messageId, channelKey(job.channelId))
    const row = entry && messageOf(entry)
    const unit: WriteOp[] = [{ op: 'job.finish', id: job.jobId, owner, status: JOB_STATUS[outcome.status] }]
    // Without a row (channel deleted) or with a tombstone there is nothing to show, but the tokens were used.
    if (entry && row && row.metadata.deletedAt === undefined) {
      const done = outcome.status === 'done'
      const next = done ? await followUpOf(this.#ports, job, outcome.text) : { mentions: [], ops: [] }
      const body = encodeBody(finishedBody(row, job, outcome, next.mentions))
      unit.push(revision(entry, body, stamps, job.agentId), ...next.ops)
    }
    unit.push(...this.#usage(job, outcome), { op: 'stream.clear', messageId: job.messageId })
    await ledger.commit(unit, [bells.answers(job.channelId), bells.jobs(ANSWER_JOB)])
  }

  #usage(job: AnswerJob, { model, usage, durationMs }: AnswerOutcome): readonly WriteOp[] {
    if (usage.inputTokens + usage.outputTokens === 0) return []
    const { stamps } = this.#ports
    const { messageId, channelId, agentId, askerId: userId } = job
    const record = { id: stamps.id('use'), messageId, channelId, agentId, userId, model, ...usage, durationMs }
    return [{ op: 'usage.add', record: { ...record, at: stamps.now() } }]
  }

  async #drop(lease: AnswerLease): Promise<void> {
    const { job, owner } = lease
    const unit = [
      { op: 'job.finish', id: job.jobId, owner, status: 'cancelled' },
      { op: 'stream.clear', messageId: job.messageId },
    ] as const
    await this.#ports.ledger.commit(unit, [bells.answers(job.channelId), bells.jobs(ANSWER_JOB)])
  }

  /** The agent may still speak here, and what it answers still stands. */
  async #hasGround(job: AnswerJob): Promise<boolean> {
    const { log, roster } = this.#ports
    const [agent, isMember, trigger] = await Promise.all([
      roster.agent(job.agentId),
      roster.isMember(job.channelId, job.agentId),
      log.find(job.triggerId, channelKey(job.channelId)),
    ])
    if (!agent || agent.disabled || !isMember || !trigger) return false
    return messageOf(trigger).metadata.deletedAt === undefined
  }
}

const interrupted: Failure = {
  class: 'interrupted',
  message: 'The server stopped while this answer was being written.',
  retryable: true,
}

const givenUp: Failure = {
  class: 'internal',
  message: 'This answer could not be finished.',
  retryable: true,
}

function leaseOf(record: JobRecord, job: AnswerJob, owner: string, role: Role): AnswerLease {
  return { owner, job, asker: { id: job.askerId, role }, attempts: record.attempts }
}

function isConflict(error: unknown): boolean {
  return hasCode(error, 'log_conflict') || hasCode(error, 'log_not_found')
}

function revision(entry: LogEntry, body: string, stamps: Stamps, producer: string) {
  const { id, revision: expectRevision } = entry
  return { op: 'log.revise', id, expectRevision, body, changeId: stamps.id('chg'), producer, at: stamps.now() } as const
}

function originOf(job: AnswerJob): Pick<AnswerInfo, 'triggerId' | 'hops' | 'calledBy'> {
  return {
    triggerId: job.triggerId,
    hops: job.hops,
    ...(job.calledBy === undefined ? {} : { calledBy: job.calledBy }),
  }
}

function placeholderOf(job: AnswerJob): MessageBody {
  const model = job.model === undefined ? {} : { model: job.model }
  const answer: AnswerInfo = { status: 'streaming', ...originOf(job), jobId: job.jobId, ...model }
  return { agentId: job.agentId, userId: null, type: 'text', content: '', metadata: { answer } }
}

function finishedBody(
  row: MessageBody,
  job: AnswerJob,
  outcome: AnswerOutcome,
  mentions: readonly string[],
): MessageBody {
  const { status, model, reasoning, tools, usage, durationMs, failure } = outcome
  const answer: AnswerInfo = {
    status,
    ...(model === '' ? {} : { model }),
    ...(reasoning === '' ? {} : { reasoning }),
    ...(tools.length === 0 ? {} : { tools: [...tools] }),
    usage,
    durationMs,
    ...(failure ? { failure } : {}),
    ...originOf(job),
  }
  const { mentions: _before, ...kept } = row.metadata
  const metadata = { ...kept, ...(mentions.length > 0 ? { mentions: [...mentions] } : {}), answer }
  return { ...row, content: outcome.text, metadata }
}
