/** One turn from its claim to its single end. Never throws. */
import { isParleyError, sleep } from '@parley/base'
import type { Failure } from '@parley/protocol/shared'
import { AnswerDraft } from '../agent/answer-draft.ts'
import { listColleagues } from '../agent/colleagues.ts'
import { Attachments } from '../agent/prompt/attachments.ts'
import { closingNote, toUtterances } from '../agent/prompt/history.ts'
import { personaText, situationText } from '../agent/prompt/system-prompt.ts'
import { runAgent } from '../agent/run-agent.ts'
import { type AgentServices, TurnMeter, type TurnScope } from '../agent/services.ts'
import { linkAbort } from '../linked-abort.ts'
import { toFailure } from '../models/failures.ts'
import type { AnswerSink, Outcome, Turn } from '../seat.ts'
import { watchInactivity } from './inactivity.ts'

/** Reason with which the engine aborts the turns that outlive its patience at shutdown. */
export const SHUTDOWN = 'shutdown'

const FINISH_DELAYS = [100, 500, 2_000]

type Ending = Pick<Outcome, 'status'> & { readonly failure?: Failure }

export async function runTurn(turn: Turn, services: AgentServices, shutdown: AbortSignal): Promise<void> {
  const logger = services.logger.child({ turn: turn.id, conversation: turn.conversationId, agent: turn.agentId })
  const own: AgentServices = { ...services, logger }
  const began = services.clock.now()
  let sink: AnswerSink | undefined
  try {
    sink = await turn.seat.begin()
  } catch (error) {
    // Without a row there is nothing to close: the lease runs out and the turn is offered again.
    logger.error({ error: describe(error) }, 'turn could not begin')
    return
  }
  if (sink === undefined) return
  own.observer.turnStarted()

  using inactivity = watchInactivity(services.limits.inactivity)
  using link = linkAbort(turn.signal, inactivity.signal, shutdown)
  const { signal } = link
  const draft = new AnswerDraft(sink)
  const meter = new TurnMeter()
  let ending: Ending | undefined
  try {
    const touch = (): void => inactivity.touch()
    await write(turn, draft, meter, signal, touch, own)
    ending = { status: 'done' }
  } catch (error) {
    ending = endingOf(error, turn, inactivity.signal, shutdown)
    if (ending?.failure?.class === 'internal') logger.error({ error: describe(error) }, 'turn failed')
  }
  const durationMs = Math.max(0, services.clock.now() - began)
  const outcome = ending === undefined ? undefined : outcomeOf(ending, turn, draft, meter, durationMs, own)
  if (outcome === undefined) logger.warn({}, 'turn lost its lease')
  else await finish(sink, outcome, own)
  own.observer.turnEnded({
    status: outcome?.status ?? 'abandoned',
    model: draft.model,
    durationMs,
    usage: meter.usage,
    ...(outcome?.failure === undefined ? {} : { failure: outcome.failure.class }),
  })
}

async function write(
  turn: Turn,
  draft: AnswerDraft,
  meter: TurnMeter,
  signal: AbortSignal,
  touch: () => void,
  services: AgentServices,
): Promise<void> {
  signal.throwIfAborted()
  const { seat } = turn
  const { limits, clock, logger } = services
  const [profile, conversation, messages] = await Promise.all([
    seat.agent(turn.agentId),
    seat.conversation(),
    seat.history(limits.history),
  ])
  if (profile === undefined) throw new Error('The agent is gone.')
  const colleagues = await listColleagues(conversation, seat)
  const attachments = new Attachments(seat, logger, services.convertImage)
  const documents = await attachments.documents(messages)
  const facts = { conversation, selfId: profile.id, triggerId: turn.triggerId, documents }
  const scope: TurnScope = { turn, seat, conversation, colleagues, signal, touch, meter }
  touch()
  await runAgent(
    {
      profile,
      model: turn.model || profile.model,
      path: [profile.id],
      draft,
      attachments,
      prompt: (tools) => ({
        persona: personaText(profile),
        situation: situationText({
          profile,
          conversation,
          asker: turn.asker,
          now: clock.now(),
          timeZone: limits.timeZone,
          tools,
          colleagues,
        }),
        utterances: toUtterances(messages, facts),
        closing: closingNote(messages, facts),
      }),
    },
    scope,
    services,
  )
}

/** Undefined when another worker has the turn: it writes the end. */
function endingOf(error: unknown, turn: Turn, inactive: AbortSignal, shutdown: AbortSignal): Ending | undefined {
  if (turn.signal.aborted) return turn.signal.reason === 'lease-lost' ? undefined : { status: 'stopped' }
  if (inactive.aborted) {
    return failed({
      class: 'timeout',
      message: 'Nothing happened for too long, so the answer was ended.',
      retryable: true,
    })
  }
  if (shutdown.aborted) {
    return failed({ class: 'interrupted', message: 'The server was stopped during the answer.', retryable: true })
  }
  return failed(toFailure(error))
}

function failed(failure: Failure): Ending {
  return { status: 'failed', failure }
}

function outcomeOf(
  ending: Ending,
  turn: Turn,
  draft: AnswerDraft,
  meter: TurnMeter,
  durationMs: number,
  services: AgentServices,
): Outcome {
  try {
    draft.closeSteps(ending.status === 'stopped' ? 'Stopped.' : 'Not finished.')
  } catch (error) {
    services.logger.warn({ error: describe(error) }, 'steps could not be shown as ended')
  }
  return {
    ...ending,
    text: draft.text.trim(),
    reasoning: draft.reasoning.trim(),
    tools: draft.steps,
    model: draft.model || turn.model || '',
    usage: meter.usage,
    durationMs,
  }
}

/** The end is stored once; a store that is busy is asked again. */
async function finish(sink: AnswerSink, outcome: Outcome, services: AgentServices): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await sink.finish(outcome)
      return
    } catch (error) {
      const delay = FINISH_DELAYS[attempt]
      const hopeless = isParleyError(error) && error.retry === 'never'
      services.logger.error({ error: describe(error), attempt, status: outcome.status }, 'answer could not be stored')
      if (delay === undefined || hopeless) return
      await sleep(delay)
    }
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
