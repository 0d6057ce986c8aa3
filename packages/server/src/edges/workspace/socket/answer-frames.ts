/** Turns pieces of a running answer into frames. Pure. */
import type { AnswerDelta, LiveAnswer } from '@parley/core'
import type { ToolStep } from '@parley/protocol/shared'
import type { StreamStartFrame } from '@parley/protocol/workspace'
import { textFrame } from '../../../hosts/ws/index.ts'
import { encodeFrame } from './encode-frame.ts'

/** The opening frame without text: a new answer, or one that starts over. */
export function startFrame(answer: LiveAnswer): Buffer {
  return encodeFrame({ type: 'stream_start', data: startData(answer) })
}

/** The opening frame for a late reader: everything so far in one piece. */
export function snapshotFrame(answer: LiveAnswer, whole: AnswerDelta): Buffer {
  return encodeFrame({
    type: 'stream_start',
    data: {
      ...startData({ ...answer, model: whole.model ?? answer.model }),
      ...(whole.text === '' ? {} : { content: whole.text }),
      ...(whole.reasoning === '' ? {} : { reasoning: whole.reasoning }),
      ...(whole.tools.length === 0 ? {} : { tools: whole.tools }),
    },
  })
}

function startData(answer: LiveAnswer): StreamStartFrame['data'] {
  return {
    messageId: answer.messageId,
    channelId: answer.channelId,
    agentId: answer.agentId,
    seq: answer.seq,
    createdAt: new Date(answer.at).toISOString(),
    triggerId: answer.triggerId,
    ...(answer.model === undefined ? {} : { model: answer.model }),
  }
}

/**
 * Frames of one delta whose text starts at offset `from`. Text is cut where a tool step began, so that even a client
 * that ignores `at` shows both in order. `announced` holds the calls already shown as running.
 */
export function deltaFrames(messageId: string, delta: AnswerDelta, from: number, announced: Set<string>): Buffer[] {
  const frames: Buffer[] = []
  if (delta.reasoning !== '') {
    frames.push(encodeFrame({ type: 'stream_reasoning', data: { messageId, content: delta.reasoning } }))
  }
  let sent = 0
  const sendText = (to: number): void => {
    if (to > sent) frames.push(chunkFrame(messageId, delta.text.slice(sent, to)))
    sent = Math.max(sent, to)
  }
  for (const step of delta.tools) {
    if (!announced.has(step.callId) && step.at !== undefined) sendText(Math.min(step.at - from, delta.text.length))
    frames.push(...toolFrames(messageId, step, announced))
  }
  sendText(delta.text.length)
  return frames
}

export function chunkFrame(messageId: string, content: string): Buffer {
  return textFrame(`{"type":"stream_chunk","data":{"messageId":"${messageId}","content":${JSON.stringify(content)}}}`)
}

function toolFrames(messageId: string, step: ToolStep, announced: Set<string>): Buffer[] {
  const frames: Buffer[] = []
  const call = (status: ToolStep['status']): void => {
    frames.push(
      encodeFrame({
        type: 'tool_call',
        data: {
          messageId,
          toolName: step.toolName,
          arguments: step.arguments,
          status,
          callId: step.callId,
          ...(step.durationMs === undefined ? {} : { durationMs: step.durationMs }),
          ...(step.at === undefined ? {} : { at: step.at }),
        },
      }),
    )
  }
  if (!announced.has(step.callId)) {
    announced.add(step.callId)
    if (step.status !== 'calling') call('calling')
  }
  call(step.status)
  if (step.status !== 'calling' && step.result !== undefined) {
    frames.push(
      encodeFrame({
        type: 'tool_result',
        data: { messageId, toolName: step.toolName, result: step.result, callId: step.callId },
      }),
    )
  }
  return frames
}
