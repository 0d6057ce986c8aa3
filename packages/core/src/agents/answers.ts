import { KeyedQueue } from '@parley/base'
import { bells, channelKey } from '../bells.ts'
import { addresseesOf } from '../channels/addressing.ts'
import { messageOf } from '../channels/message.ts'
import type { Roster } from '../channels/roster.ts'
import { type VisibleMessage, visibleMessage } from '../channels/visible-message.ts'
import { coreErrors } from '../errors.ts'
import type { Caller } from '../identity/caller.ts'
import type { Ledger } from '../ledger.ts'
import type { Access } from '../policy/access.ts'
import type { JobReader, JobRecord, LogReader, WriteOp } from '../ports/index.ts'
import type { Stamps } from '../stamps.ts'
import { ANSWER_JOB, type AnswerJob, answerJobOf, enqueueWanted, lineFull } from './answer-job.ts'

export interface AnswersPorts {
  readonly log: LogReader
  readonly jobs: JobReader
  readonly roster: Roster
  readonly access: Access
  readonly ledger: Ledger
  readonly stamps: Stamps
}

export interface PendingAnswerView {
  readonly jobId: string
  readonly agentId: string
  readonly triggerId: string
  readonly status: 'queued' | 'running'
  /** Answers of the channel ahead of this one. */
  readonly position: number
  /** Set once the answer runs. */
  readonly messageId: string | null
}

interface OpenJob {
  readonly record: JobRecord
  readonly job: AnswerJob
}

/** How far after a message its answers are looked for when it is answered again. */
const ANSWERS_WITHIN = 100

/** What people do with answers. Changes of the waiting line ring `answers:{channelId}`. */
export class Answers {
  readonly #ports: AnswersPorts
  /** Asking again looks at what waits and then adds to it: one after another, or a double click asks twice. */
  readonly #asking = new KeyedQueue()

  constructor(ports: AnswersPorts) {
    this.#ports = ports
  }

  /** Running first. Errors: `channel_not_found`, `not_a_member`. */
  async pending(caller: Caller, channelId: string): Promise<readonly PendingAnswerView[]> {
    await this.#ports.access.member(caller, channelId)
    return this.pendingOf(channelId)
  }

  /** The same for fan-out to sockets whose access was checked before. */
  async pendingOf(channelId: string): Promise<readonly PendingAnswerView[]> {
    return (await this.#open(channelId)).map(({ record, job }, position) => {
      const status = record.status === 'running' ? 'running' : 'queued'
      const messageId = status === 'running' || job.again === true ? job.messageId : null
      return { jobId: record.id, agentId: job.agentId, triggerId: job.triggerId, status, position, messageId }
    })
  }

  /**
   * Writes an answer anew under the same id, on behalf of the caller.
   * Errors: `forbidden`, `rate_limited`, `message_not_found`, `not_an_answer`, `answer_running`, `agent_not_found`, `agent_disabled`.
   */
  async retry(caller: Caller, messageId: string, model?: string): Promise<{ readonly jobId: string }> {
    this.#ports.access.role(caller, 'member')
    const { channel } = await this.#answer(caller, messageId)
    return this.#asking.run(channel.id, () => this.#retry(caller, messageId, model))
  }

  async #retry(caller: Caller, messageId: string, model?: string): Promise<{ readonly jobId: string }> {
    const { access, ledger, stamps } = this.#ports
    const { message, answer, channel } = await this.#answer(caller, messageId)
    await this.#assertCanAnswer(channel.id, message.agentId)
    const open = await this.#open(channel.id)
    if (open.some(({ job }) => job.messageId === messageId)) throw coreErrors.answer_running()
    access.pace(caller)
    const enqueue = enqueueWanted(stamps, {
      channelId: channel.id,
      agentId: message.agentId,
      triggerId: answer.triggerId ?? messageId,
      askerId: caller.userId,
      messageId,
      again: true,
      hops: answer.hops ?? 0,
      ...(answer.calledBy === undefined ? {} : { calledBy: answer.calledBy }),
      ...(model ? { model } : {}),
    })
    await ledger.commit([enqueue], [bells.answers(channel.id)]).catch(lineFull)
    return { jobId: enqueue.job.id }
  }

  /** Stops a running answer, or drops it from the line; text so far stays. Errors: `forbidden`, `message_not_found`, `not_an_answer`, `answer_not_running`. */
  async stop(caller: Caller, messageId: string): Promise<void> {
    this.#ports.access.role(caller, 'member')
    const { channel } = await this.#answer(caller, messageId)
    const found = (await this.#open(channel.id)).find(({ job }) => job.messageId === messageId)
    const stopped = found ? await this.#stopAll(channel.id, [found]) : 0
    if (stopped === 0) throw coreErrors.answer_not_running()
  }

  /** Stops the running answer of a channel and drops the waiting ones; returns how many. Errors: `forbidden`, `channel_not_found`, `not_a_member`. */
  async stopChannel(caller: Caller, channelId: string): Promise<number> {
    await this.#ports.access.participant(caller, channelId)
    return this.#stopAll(channelId, await this.#open(channelId))
  }

  /**
   * After an edit of one's own message: answers it again, in place where it was answered before. Returns how many answers.
   * Errors: `forbidden`, `message_not_found`, `not_your_message`.
   */
  async rerun(caller: Caller, messageId: string): Promise<number> {
    this.#ports.access.role(caller, 'member')
    const { channel } = await this.#live(caller, messageId)
    return this.#asking.run(channel.id, () => this.#rerun(caller, messageId))
  }

  async #rerun(caller: Caller, messageId: string): Promise<number> {
    const { roster, ledger, log, stamps } = this.#ports
    const { message, channel } = await this.#live(caller, messageId)
    if (message.userId !== caller.userId) throw coreErrors.not_your_message()
    const { replyTo } = message.metadata
    const replied = replyTo === undefined ? undefined : await log.find(replyTo, channelKey(channel.id))
    const repliedAgentId = replied && replied.kind === 'message' ? messageOf(replied).agentId : null
    const { answerers } = await addresseesOf(roster, {
      channel,
      authorId: caller.userId,
      text: message.content,
      repliedAgentId: repliedAgentId ?? undefined,
    })
    const earlier = await this.#answersTo(channel.id, messageId, message.seq)
    const open = (await this.#open(channel.id)).filter(({ job }) => job.triggerId === messageId)
    const unit: WriteOp[] = []
    for (const agentId of answerers) {
      const own = open.filter(({ job }) => job.agentId === agentId)
      // A waiting answer reads the new text when its turn starts; a running one has read the old text.
      if (own.some(({ record }) => record.status === 'queued')) continue
      const [waiting] = own
      if (waiting) unit.push({ op: 'job.stop', id: waiting.record.id })
      const inPlace = waiting?.job.messageId ?? earlier.get(agentId)
      const place = inPlace === undefined ? { messageId: stamps.id('msg') } : { messageId: inPlace, again: true }
      const request = { channelId: channel.id, agentId, triggerId: messageId, askerId: caller.userId, hops: 0 }
      unit.push(enqueueWanted(stamps, { ...request, ...place }))
    }
    if (unit.length > 0) await ledger.commit(unit, [bells.answers(channel.id)]).catch(lineFull)
    return answerers.length
  }

  async #stopAll(channelId: string, open: readonly OpenJob[]): Promise<number> {
    if (open.length === 0) return 0
    const lane = channelKey(channelId)
    // Both for each: a waiting one may have been claimed since it was read.
    const unit = open.flatMap(({ record }) => [
      { op: 'job.cancel', lane, id: record.id } as const,
      { op: 'job.stop', id: record.id } as const,
    ])
    const results = await this.#ports.ledger.commit(unit, [bells.answers(channelId)])
    return results.filter((result) => ('running' in result ? result.running : result.cancelled.length > 0)).length
  }

  async #open(channelId: string): Promise<readonly OpenJob[]> {
    const records = await this.#ports.jobs.pending(channelKey(channelId))
    return records
      .filter((record) => record.kind === ANSWER_JOB)
      .map((record) => ({ record, job: answerJobOf(record) }))
  }

  /** The answers given to a message so far, the newest of each agent. */
  async #answersTo(channelId: string, triggerId: string, after: number): Promise<ReadonlyMap<string, string>> {
    const query = { key: channelKey(channelId), after, limit: ANSWERS_WITHIN, kind: 'message' } as const
    const answers = new Map<string, string>()
    for (const entry of await this.#ports.log.page(query)) {
      const { id, agentId, metadata } = messageOf(entry)
      const isAnswer = agentId !== null && metadata.answer?.triggerId === triggerId && metadata.deletedAt === undefined
      if (isAnswer) answers.set(agentId, id)
    }
    return answers
  }

  async #answer(caller: Caller, messageId: string) {
    const found = await this.#live(caller, messageId)
    const { agentId, metadata } = found.message
    if (agentId === null || !metadata.answer) throw coreErrors.not_an_answer({ details: { id: messageId } })
    return { ...found, message: { ...found.message, agentId }, answer: metadata.answer }
  }

  async #live(caller: Caller, messageId: string): Promise<VisibleMessage> {
    const found = await visibleMessage(this.#ports, caller, messageId)
    if (found.message.metadata.deletedAt === undefined) return found
    throw coreErrors.message_not_found({ details: { id: messageId } })
  }

  async #assertCanAnswer(channelId: string, agentId: string): Promise<void> {
    const { roster } = this.#ports
    const agent = (await roster.isMember(channelId, agentId)) ? await roster.agent(agentId) : undefined
    if (!agent) throw coreErrors.agent_not_found({ details: { id: agentId } })
    if (agent.disabled) throw coreErrors.agent_disabled({ details: { id: agentId } })
  }
}
