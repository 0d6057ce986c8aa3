/** One model call of an agent, with its retries, repairs and fallbacks. */
import { isParleyError, sleep } from '@parley/base'
import type { Usage } from '@parley/protocol/shared'
import { failureClass, modelErrors } from '../models/failures.ts'
import type { FinishReason, LanguageModel, ModelRequest, ModelToolCall } from '../models/language-model.ts'
import { nextStep, type Repair } from '../models/recovery.ts'
import type { AnswerDraft } from './answer-draft.ts'
import { noRepairs, type Repairs } from './prompt/prompt.ts'
import type { AgentServices, TurnScope } from './services.ts'
import { loadTokenCounter } from './token-counter.ts'

/** Which model writes and what it made us change; kept over all calls of one agent. */
export interface ModelChoice {
  readonly candidates: readonly LanguageModel[]
  index: number
  repairs: Repairs
}

export function firstChoice(candidates: readonly LanguageModel[]): ModelChoice {
  return { candidates, index: 0, repairs: noRepairs }
}

export interface ModelReply {
  readonly text: string
  /** What the server sent apart from the text. */
  readonly reasoning: string
  readonly calls: readonly ModelToolCall[]
  readonly reason: FinishReason
}

export type BuildRequest = (model: LanguageModel, repairs: Repairs) => Promise<ModelRequest>

/** Calls the chosen model until one answers or nothing is left to try. Throws the last failure, or the abort's reason. */
export async function callModel(
  choice: ModelChoice,
  build: BuildRequest,
  draft: AnswerDraft,
  scope: TurnScope,
  services: AgentServices,
): Promise<ModelReply> {
  let attempts = 0
  let made: Repair[] = []
  for (;;) {
    scope.signal.throwIfAborted()
    const model = choice.candidates[choice.index] as LanguageModel
    const mark = draft.mark()
    draft.beginCall(model.id)
    try {
      return await attempt(model, await build(model, choice.repairs), draft, scope, services)
    } catch (error) {
      scope.signal.throwIfAborted()
      attempts++
      const next = nextStep(error, {
        attempts,
        repairs: made,
        shown: draft.text.length > mark.text,
        hasFallback: choice.index + 1 < choice.candidates.length,
        retryDelay: services.limits.retryDelay,
      })
      if (next.kind === 'fail') throw error
      draft.rollback(mark)
      const reason = isParleyError(error) ? error.code : String(error)
      services.logger.info(
        { turn: scope.turn.id, model: model.id, reason, next: next.kind },
        'model call is tried again',
      )
      if (next.kind === 'retry') await sleep(next.afterMs, scope.signal)
      else if (next.kind === 'repair') {
        made = [...made, next.repair]
        choice.repairs = repaired(choice.repairs, next.repair)
        attempts = 0
      } else {
        choice.index++
        choice.repairs = noRepairs
        made = []
        attempts = 0
      }
      scope.touch()
    }
  }
}

function repaired(repairs: Repairs, repair: Repair): Repairs {
  switch (repair) {
    case 'images':
      return { ...repairs, withoutImages: true }
    case 'tools':
      return { ...repairs, withoutTools: true }
    case 'template':
      return { ...repairs, foldSystem: true }
    case 'overflow':
      return { ...repairs, share: 0.7 }
  }
}

async function attempt(
  model: LanguageModel,
  request: ModelRequest,
  draft: AnswerDraft,
  scope: TurnScope,
  services: AgentServices,
): Promise<ModelReply> {
  const { clock, observer } = services
  const began = clock.now()
  let firstPartMs: number | undefined
  let reasoning = ''
  const calls: ModelToolCall[] = []
  const mark = draft.mark()
  try {
    for await (const part of model.stream(request, scope.signal)) {
      scope.touch()
      firstPartMs ??= clock.now() - began
      switch (part.type) {
        case 'text-delta':
          draft.addText(part.text)
          break
        case 'reasoning-delta':
          if (!part.inline) reasoning += part.text
          draft.addReasoning(part.text)
          break
        case 'retract':
          draft.retract(mark)
          break
        case 'tool-call':
          calls.push(part.call)
          break
        case 'finish': {
          const text = draft.text.slice(mark.text).trim()
          const usage = part.usage ?? (await estimatedUsage(request, text + reasoning))
          scope.meter.addUsage(usage)
          if (text === '' && (calls.length === 0 || request.withoutTools)) {
            throw modelErrors.model_empty({ details: { model: model.id } })
          }
          observer.modelCalled({ model: model.id, outcome: 'ok', durationMs: clock.now() - began, firstPartMs, usage })
          return { text, reasoning, calls, reason: part.reason }
        }
      }
    }
    throw modelErrors.model_broken_off({ details: { provider: model.id, model: model.id } })
  } catch (error) {
    const outcome = scope.signal.aborted ? 'aborted' : failureClass(error)
    observer.modelCalled({
      model: model.id,
      outcome,
      durationMs: clock.now() - began,
      ...(firstPartMs === undefined ? {} : { firstPartMs }),
    })
    throw error
  }
}

/** For servers that do not count: better an estimate in the statistics than nothing. */
async function estimatedUsage(request: ModelRequest, written: string): Promise<Usage> {
  const count = await loadTokenCounter()
  const input = request.messages.reduce((sum, message) => sum + count.message(message), count.tools(request.tools))
  return { inputTokens: input, outputTokens: count.text(written) }
}
