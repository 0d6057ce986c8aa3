/** The agent loop (spec/runtime §6.3): model and tools in turn, until there is an answer or a limit is reached. */
import { hasCode } from '@parley/base'
import type { ToolStep } from '@parley/protocol/shared'
import { toFailure } from '../models/failures.ts'
import type { ModelMessage, ModelToolCall } from '../models/language-model.ts'
import type { AgentProfile } from '../seat.ts'
import { plainName } from '../speaker-label.ts'
import { toolErrors } from '../tools/errors.ts'
import { offer } from '../tools/registry.ts'
import { AnswerDraft, silentSink } from './answer-draft.ts'
import { findColleague } from './colleagues.ts'
import { mapInOrder } from './in-order.ts'
import { type BuildRequest, callModel, firstChoice } from './model-call.ts'
import { Attachments } from './prompt/attachments.ts'
import type { Round } from './prompt/fit.ts'
import { buildMessages, type PromptParts } from './prompt/prompt.ts'
import { personaText, situationText } from './prompt/system-prompt.ts'
import type { AgentServices, TurnScope } from './services.ts'
import { loadTokenCounter, remembering } from './token-counter.ts'
import { shownArguments } from './tool-arguments.ts'
import { permittedTools, runTool, type ToolOutcome } from './tool-run.ts'

export interface AgentRun {
  readonly profile: AgentProfile
  /** `provider/model`; empty means the default. */
  readonly model: string
  /** Agents at work, this one last. */
  readonly path: readonly string[]
  readonly draft: AnswerDraft
  readonly attachments: Attachments
  /** The prompt but for the rounds; told the tools that are offered. */
  readonly prompt: (tools: readonly string[]) => PromptParts
}

/** Characters of a result that the timeline keeps. */
const SHOWN_RESULT = 4_000

/** Writes the answer into the draft. Throws the failure that ended it, or the reason of the abort. */
export async function runAgent(run: AgentRun, scope: TurnScope, services: AgentServices): Promise<void> {
  const { draft, profile } = run
  const { limits } = services
  const tools = permittedTools(profile, scope, services)
  const offered = tools.map(offer)
  const parts = run.prompt(tools.map((tool) => tool.name))
  const choice = firstChoice(await services.models.candidates(run.model))
  const rounds: Round[] = []
  let limit: string | undefined
  const count = remembering(await loadTokenCounter())

  const build: BuildRequest = async (model, repairs) => {
    const offeredNow = repairs.withoutTools ? [] : offered
    const { traits } = model
    const files = parts.utterances.flatMap((utterance) => utterance.images)
    const seesImages = traits.vision !== false && !repairs.withoutImages
    const target = {
      traits,
      repairs,
      tools: offeredNow,
      count,
      images: seesImages ? await run.attachments.images(files, traits.imageTypes) : new Map(),
    }
    return {
      messages: buildMessages(parts, rounds, target),
      tools: offeredNow,
      ...(limit === undefined ? {} : { withoutTools: true }),
    }
  }

  for (;;) {
    let reply: Awaited<ReturnType<typeof callModel>>
    try {
      reply = await callModel(choice, build, draft, scope, services)
    } catch (error) {
      // Some models have said all before their last tool call and then end without a word.
      if (hasCode(error, 'model_empty') && rounds.length > 0 && draft.text.trim() !== '') return
      throw error
    }
    if (reply.reason === 'length') note(draft, 'length', 'The model reached the longest answer it may write.')
    if (limit !== undefined || reply.calls.length === 0) return

    const calls = distinctIds(reply.calls, rounds)
    const outcomes = await runCalls(calls, run, scope, services)
    if (rounds.length + 1 >= limits.rounds) limit = `the limit of ${limits.rounds} rounds of tool calls is reached`
    else if (scope.meter.calls >= limits.calls) limit = `the limit of ${limits.calls} tool calls is reached`
    if (limit !== undefined) note(draft, 'limit', `The answer was finished without further tools: ${limit}.`)
    rounds.push({
      call: {
        role: 'assistant',
        text: reply.text,
        toolCalls: calls,
        ...(reply.reasoning === '' ? {} : { reasoning: reply.reasoning }),
      },
      results: calls.map((call, index) => {
        const isLast = index === calls.length - 1
        const hint = limit !== undefined && isLast ? `\n\n(Note: ${limit}. Answer now with what you have.)` : ''
        return toolMessage(call, (outcomes[index] as ToolOutcome).text + hint)
      }),
    })
  }
}

async function runCalls(
  calls: readonly ModelToolCall[],
  run: AgentRun,
  scope: TurnScope,
  services: AgentServices,
): Promise<readonly ToolOutcome[]> {
  const { limits, clock, observer } = services
  const { draft } = run
  // Decided before any runs, so that it does not depend on which finishes first.
  const allowed = calls.map(() => {
    if (scope.meter.calls >= limits.calls) return false
    scope.meter.countCall()
    return true
  })
  const steps = calls.map(
    (call): ToolStep => ({
      callId: call.callId,
      toolName: call.name,
      arguments: shownArguments(call.argumentsText),
      status: 'calling',
      at: draft.text.length,
    }),
  )
  for (const step of steps) draft.setStep(step)
  return mapInOrder(calls, limits.parallelCalls, async (call, index) => {
    scope.signal.throwIfAborted()
    const began = clock.now()
    const outcome: ToolOutcome = allowed[index]
      ? await runTool(call, {
          scope,
          services,
          profile: run.profile,
          askAgent: (nameOrId, task, signal) => askColleague(nameOrId, task, signal, run, scope, services),
        })
      : { ok: false, text: `Not run: the limit of ${limits.calls} tool calls is reached.` }
    scope.touch()
    const durationMs = Math.max(0, clock.now() - began)
    draft.setStep({
      ...(steps[index] as ToolStep),
      status: outcome.ok ? 'completed' : 'error',
      result: outcome.text.length > SHOWN_RESULT ? `${outcome.text.slice(0, SHOWN_RESULT)}…` : outcome.text,
      durationMs,
    })
    // Names a model made up are without number: statistics must not keep each of them.
    const tool = services.tools.get(call.name) === undefined ? '(unknown)' : call.name
    observer.toolCalled({ tool, outcome: outcome.ok ? 'ok' : 'error', durationMs })
    return outcome
  })
}

/** Runs a colleague on a task of its own; it sees the task, not the conversation. */
async function askColleague(
  nameOrId: string,
  task: string,
  signal: AbortSignal,
  run: AgentRun,
  outer: TurnScope,
  services: AgentServices,
): Promise<string> {
  const { seat, conversation, turn } = outer
  const member = findColleague(nameOrId, run.path, outer.colleagues, services.limits.depth)
  const profile = await seat.agent(member.id)
  const reason = `${plainName(member.name)} is not available.`
  if (profile === undefined) throw toolErrors.tool_refused({ details: { reason } })
  const scope: TurnScope = { ...outer, signal }
  const draft = new AnswerDraft(silentSink)
  try {
    await runAgent(
      {
        profile,
        model: profile.model,
        path: [...run.path, profile.id],
        draft,
        attachments: run.attachments,
        prompt: (tools) => ({
          persona: personaText(profile),
          situation: situationText({
            profile,
            conversation,
            asker: turn.asker,
            now: services.clock.now(),
            timeZone: services.limits.timeZone,
            tools,
            calledBy: plainName(run.profile.name),
            colleagues: outer.colleagues,
          }),
          utterances: [{ role: 'user', text: task, images: [], isTrigger: true }],
          closing: '',
        }),
      },
      scope,
      services,
    )
  } catch (error) {
    signal.throwIfAborted()
    const why = `${plainName(member.name)} could not answer: ${toFailure(error).message}`
    throw toolErrors.tool_failed({ details: { reason: why }, cause: error })
  }
  return draft.text
}

function toolMessage(call: ModelToolCall, text: string): Extract<ModelMessage, { role: 'tool' }> {
  return { role: 'tool', callId: call.callId, toolName: call.name, text }
}

/** Ids that are missing or were used before are replaced: results are matched by them. */
function distinctIds(calls: readonly ModelToolCall[], rounds: readonly Round[]): readonly ModelToolCall[] {
  const used = new Set(rounds.flatMap((round) => round.call.toolCalls?.map((call) => call.callId) ?? []))
  return calls.map((call) => {
    let callId = call.callId
    for (let n = 2; callId === '' || used.has(callId); n++) callId = `${call.callId || 'call'}_${n}`
    used.add(callId)
    return callId === call.callId ? call : { ...call, callId }
  })
}

/** A remark about how the answer came about, visible among its steps. */
function note(draft: AnswerDraft, toolName: string, result: string): void {
  draft.setStep({
    callId: `${toolName}_${draft.steps.length}`,
    toolName,
    arguments: {},
    status: 'error',
    result,
    at: draft.text.length,
  })
}
