/** The job that asks an agent for an answer: a unit of work in the lane of its channel. */
import { hasCode } from '@parley/base'
import { channelKey } from '../bells.ts'
import { coreErrors } from '../errors.ts'
import type { EnqueueJobOp, JobRecord } from '../ports/index.ts'
import type { Stamps } from '../stamps.ts'

export const ANSWER_JOB = 'answer'

export interface AnswerRequest {
  readonly channelId: string
  readonly agentId: string
  /** The message to answer. */
  readonly triggerId: string
  /** Person on whose behalf the agent acts. */
  readonly askerId: string
  /** Id of the answer: made when it is asked for, so every attempt writes the same row. */
  readonly messageId: string
  /** True when the row exists already and is written anew in place. */
  readonly again?: boolean
  /** Model for this answer only. */
  readonly model?: string
  /** Agent-to-agent steps since a person last spoke. */
  readonly hops: number
  /** Colleague whose message triggered the answer. */
  readonly calledBy?: string
}

export type AnswerJob = AnswerRequest & { readonly jobId: string }

/** Answers that may wait in one channel: each change of the line is told to all its readers. */
const MAX_WAITING = 100

/** As {@link enqueueAnswer}, refused when the line of the channel is full; see {@link lineFull}. */
export function enqueueWanted(stamps: Stamps, request: AnswerRequest): EnqueueJobOp {
  return { ...enqueueAnswer(stamps, request), capacity: MAX_WAITING }
}

/** What a person is told when {@link enqueueWanted} was refused. Use as `.catch(lineFull)`. */
export function lineFull(error: unknown): never {
  if (hasCode(error, 'lane_full')) throw coreErrors.answers_waiting({ cause: error, retryAfter: 5 })
  throw error
}

export function enqueueAnswer(stamps: Stamps, request: AnswerRequest): EnqueueJobOp {
  return {
    op: 'job.enqueue',
    job: {
      id: stamps.id('job'),
      lane: channelKey(request.channelId),
      kind: ANSWER_JOB,
      payload: JSON.stringify(request),
      createdAt: stamps.now(),
    },
  }
}

/** The payload was written by {@link enqueueAnswer}, so it is not validated again. */
export function answerJobOf(job: JobRecord): AnswerJob {
  return { ...(JSON.parse(job.payload) as AnswerRequest), jobId: job.id }
}
