/** An answer while it is written, as a pure reduction of its frames. Text lengths are UTF-16 code units. */
import type {
  StreamChunkFrame,
  StreamEndFrame,
  StreamReasoningFrame,
  StreamStartFrame,
  ToolCallFrame,
  ToolResultFrame,
} from '@parley/protocol/workspace'

export type StreamFrame = StreamStartFrame | StreamChunkFrame | StreamReasoningFrame | StreamEndFrame | ToolCallFrame | ToolResultFrame

export interface LiveStep {
  readonly callId: string
  readonly toolName: string
  readonly arguments: Readonly<Record<string, unknown>>
  readonly status: 'calling' | 'completed' | 'error'
  readonly result?: string | undefined
  readonly durationMs?: number | undefined
  /** Offset in the text at which the step began. */
  readonly at: number
}

export interface LiveAnswer {
  readonly text: string
  readonly reasoning: string
  readonly tools: readonly LiveStep[]
  readonly model: string
  /** When this client first heard of the answer, in milliseconds since the epoch. */
  readonly startedAt: number
  /** When the first text or tool step came after reasoning. */
  readonly reasoningEndedAt: number | null
  /** `stream_end` has come: the finished message follows at once. */
  readonly ended: boolean
}

export function emptyAnswer(now: number): LiveAnswer {
  return { text: '', reasoning: '', tools: [], model: '', startedAt: now, reasoningEndedAt: null, ended: false }
}

/** Applies one frame. A chunk for an answer that never started counts as its start: nothing is dropped. */
export function reduceAnswer(before: LiveAnswer | undefined, frame: StreamFrame, now: number): LiveAnswer {
  const answer = before ?? emptyAnswer(now)
  switch (frame.type) {
    case 'stream_start':
      return startAnswer(answer, frame.data, now)
    case 'stream_chunk':
      return { ...answer, text: answer.text + frame.data.content, reasoningEndedAt: endOfReasoning(answer, now), ended: false }
    case 'stream_reasoning':
      return { ...answer, reasoning: answer.reasoning + frame.data.content, reasoningEndedAt: null }
    case 'stream_end':
      return { ...answer, ended: true, reasoningEndedAt: endOfReasoning(answer, now) }
    case 'tool_call':
      return { ...answer, tools: upsertCall(answer, frame.data), reasoningEndedAt: endOfReasoning(answer, now) }
    case 'tool_result':
      return { ...answer, tools: addResult(answer.tools, frame.data) }
  }
}

function endOfReasoning(answer: LiveAnswer, now: number): number | null {
  return answer.reasoning === '' ? null : (answer.reasoningEndedAt ?? now)
}

/** A start replaces what we hold: a resumed answer continues with chunks alone, so this is a snapshot or a new beginning. */
function startAnswer(answer: LiveAnswer, data: StreamStartFrame['data'], now: number): LiveAnswer {
  const text = data.content ?? ''
  const created = data.createdAt === undefined ? Number.NaN : Date.parse(data.createdAt)
  return {
    ...emptyAnswer(now),
    text,
    reasoning: data.reasoning ?? '',
    tools: data.tools?.map((step) => ({ ...step, at: step.at ?? 0 })) ?? [],
    model: data.model ?? answer.model,
    // The row of an answer that is written again is old, and clocks differ: only a recent start is believed.
    startedAt: now - created >= 0 && now - created < 600_000 ? created : now,
    reasoningEndedAt: text === '' ? null : now,
  }
}

function upsertCall(answer: LiveAnswer, data: ToolCallFrame['data']): readonly LiveStep[] {
  const index = findCall(answer.tools, data.callId, data.toolName)
  const known = answer.tools[index]
  const step: LiveStep = {
    callId: data.callId ?? known?.callId ?? `${data.toolName}#${answer.tools.length}`,
    toolName: data.toolName,
    arguments: data.arguments,
    status: data.status,
    at: data.at ?? known?.at ?? answer.text.length,
    ...(known?.result === undefined ? {} : { result: known.result }),
    ...(data.durationMs === undefined ? {} : { durationMs: data.durationMs }),
  }
  return known === undefined ? [...answer.tools, step] : answer.tools.with(index, step)
}

function addResult(tools: readonly LiveStep[], data: ToolResultFrame['data']): readonly LiveStep[] {
  const index = findCall(tools, data.callId, data.toolName)
  const known = tools[index]
  return known === undefined ? tools : tools.with(index, { ...known, result: data.result })
}

/** The call with this id; without one, the newest call of that tool that still runs (servers that do not pair calls). */
function findCall(tools: readonly LiveStep[], callId: string | undefined, toolName: string): number {
  if (callId !== undefined) return tools.findIndex((step) => step.callId === callId)
  return tools.findLastIndex((step) => step.toolName === toolName && step.result === undefined)
}
