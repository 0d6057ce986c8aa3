/** An answer while it is written, as a pure reduction of its frames. Text lengths are UTF-16 code units. */
import type {
  StreamChunkFrame,
  StreamEndFrame,
  StreamReasoningFrame,
  StreamStartFrame,
  ToolCallFrame,
  ToolResultFrame,
} from '@parley/protocol/workspace'

export type StreamFrame =
  | StreamStartFrame
  | StreamChunkFrame
  | StreamReasoningFrame
  | StreamEndFrame
  | ToolCallFrame
  | ToolResultFrame

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
  /** Reasoning, or nothing yet: no text and no step has come behind it. */
  readonly thinking: boolean
  /** How long the reasoning took, where this client saw it from its beginning to its end. */
  readonly thoughtMs: number | null
  /** `stream_end` has come: the finished message follows at once. */
  readonly ended: boolean
}

export function emptyAnswer(now: number): LiveAnswer {
  return {
    text: '',
    reasoning: '',
    tools: [],
    model: '',
    startedAt: now,
    thinking: true,
    thoughtMs: null,
    ended: false,
  }
}

/** Applies one frame. A chunk for an answer that never started counts as its start: nothing is dropped. */
export function reduceAnswer(before: LiveAnswer | undefined, frame: StreamFrame, now: number): LiveAnswer {
  const answer = before ?? emptyAnswer(now)
  switch (frame.type) {
    case 'stream_start':
      return startAnswer(answer, frame.data, now)
    case 'stream_chunk':
      return { ...answer, ...endThinking(answer, now), text: answer.text + frame.data.content, ended: false }
    case 'stream_reasoning':
      return { ...answer, reasoning: answer.reasoning + frame.data.content, thinking: answer.text === '' }
    case 'stream_end':
      return { ...answer, ...endThinking(answer, now), ended: true }
    case 'tool_call':
      return { ...answer, ...endThinking(answer, now), tools: upsertCall(answer, frame.data) }
    case 'tool_result':
      return { ...answer, tools: addResult(answer.tools, frame.data) }
  }
}

function endThinking(answer: LiveAnswer, now: number): Pick<LiveAnswer, 'thinking' | 'thoughtMs'> {
  if (!answer.thinking) return { thinking: false, thoughtMs: answer.thoughtMs }
  return { thinking: false, thoughtMs: answer.reasoning === '' ? null : now - answer.startedAt }
}

/** A start replaces what we hold: a resumed answer continues with chunks alone, so this is a snapshot or a new beginning. */
function startAnswer(answer: LiveAnswer, data: StreamStartFrame['data'], now: number): LiveAnswer {
  const text = data.content ?? ''
  const isSnapshot = data.content !== undefined || data.reasoning !== undefined || data.tools !== undefined
  const created = isSnapshot && data.createdAt !== undefined ? Date.parse(data.createdAt) : Number.NaN
  return {
    ...emptyAnswer(now),
    text,
    reasoning: data.reasoning ?? '',
    tools: data.tools?.map((step) => ({ ...step, at: step.at ?? 0 })) ?? [],
    model: data.model ?? answer.model,
    // The row of an answer that is written again is old, and clocks differ: only a recent start is believed.
    startedAt: now - created >= 0 && now - created < 600_000 ? created : now,
    thinking: text === '' && (data.tools?.length ?? 0) === 0,
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
