/** Reads client frames. Anything the quick checks do not recognise is decided by the contract's schemas. */
import { hasCode, parseJson } from '@parley/base'
import { type ClientFrame, clientFrame, sendFrame } from '@parley/protocol/workspace'
import type { z } from 'zod'
import { describeIssue } from '../describe-issue.ts'
import { workspaceErrors } from '../errors.ts'

export type SendFrame = z.output<typeof sendFrame>

/** What is known of a frame that could not be read, so that the refusal can name it. */
export interface FrameSubject {
  readonly ref?: string
  readonly channelId?: string
}

export class FrameError extends Error {
  readonly problem: Error
  readonly subject: FrameSubject

  constructor(problem: Error, subject: FrameSubject) {
    super(problem.message)
    this.problem = problem
    this.subject = subject
  }
}

const pingFrame: ClientFrame = { type: 'ping' }

/** Parses one text frame; throws {@link FrameError}. */
export function parseFrame(text: string): ClientFrame {
  const value = parseFrameJson(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid('A frame is a JSON object.', {})
  }
  const fields = value as Record<string, unknown>
  if (fields.type === 'send') {
    const quick = quickSend(fields)
    if (quick !== undefined) return quick
  } else if (fields.type === 'ping') return pingFrame
  return checkedFrame(fields)
}

function parseFrameJson(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    if (hasCode(error, 'json_invalid')) throw invalid('The frame is not valid JSON.', {})
    throw new FrameError(error as Error, {})
  }
}

/**
 * The rules of `sendFrame` for its common shape, without the cost of the schema. It only ever accepts;
 * a property test holds it to the schema.
 */
export function quickSend(fields: Record<string, unknown>): SendFrame | undefined {
  const { ref, channelId, content, clientId, replyTo } = fields
  if (typeof ref !== 'string' || ref.length > 64) return undefined
  if (typeof channelId !== 'string' || channelId.length === 0) return undefined
  if (typeof content !== 'string' || content.length > 100_000) return undefined
  if (clientId !== undefined && (typeof clientId !== 'string' || clientId.length === 0 || clientId.length > 64)) {
    return undefined
  }
  if (replyTo !== undefined && typeof replyTo !== 'string') return undefined
  if (fields.messageType !== undefined && fields.messageType !== 'text') return undefined
  if (fields.attachments !== undefined) return undefined
  return {
    type: 'send',
    ref,
    channelId,
    content,
    messageType: 'text',
    ...(clientId === undefined ? undefined : { clientId }),
    ...(replyTo === undefined ? undefined : { replyTo }),
  }
}

function checkedFrame(fields: Record<string, unknown>): ClientFrame {
  const result = clientFrame.safeParse(fields)
  if (result.success) return result.data
  const subject = {
    ...(typeof fields.ref === 'string' ? { ref: fields.ref.slice(0, 64) } : {}),
    ...(typeof fields.channelId === 'string' ? { channelId: fields.channelId.slice(0, 100) } : {}),
  }
  const known = clientFrame.options.map((option) => option.shape.type.value)
  if (!known.includes(fields.type as never)) throw invalid(`A frame's "type" is one of ${known.join(', ')}.`, subject)
  throw invalid(describeIssue(result.error.issues[0], fields, 'frame'), subject)
}

function invalid(problem: string, subject: FrameSubject): FrameError {
  return new FrameError(workspaceErrors.frame_invalid({ details: { problem } }), subject)
}
