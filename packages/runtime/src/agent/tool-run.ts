/** Runs one tool call, whatever the model asked for. Every problem is a result the model can read; only an abort is thrown. */
import { isParleyError } from '@parley/base'
import type { ModelToolCall } from '../models/language-model.ts'
import type { AgentProfile } from '../seat.ts'
import { hasRole, type Tool, type ToolContext } from '../tools/tool.ts'
import { headAndTail } from './prompt/fit.ts'
import type { AgentServices, TurnScope } from './services.ts'
import { callSignature, parseArguments } from './tool-arguments.ts'
import { closeNames } from './tool-names.ts'

export interface ToolOutcome {
  readonly ok: boolean
  /** What the model reads. */
  readonly text: string
}

export interface ToolRunner {
  readonly scope: TurnScope
  readonly services: AgentServices
  /** The agent that calls. */
  readonly profile: AgentProfile
  readonly askAgent: (nameOrId: string, task: string, signal: AbortSignal) => Promise<string>
}

/** The tools this agent may use for this person: its grants, as far as the person's role allows them. */
export function permittedTools(profile: AgentProfile, scope: TurnScope, services: AgentServices): readonly Tool[] {
  return services.tools.list().filter((tool) => isPermitted(tool, profile, scope))
}

function isPermitted(tool: Tool, profile: AgentProfile, scope: TurnScope): boolean {
  return profile.tools.includes(tool.name) && hasRole(scope.turn.asker.role, tool.minRole)
}

export async function runTool(call: ModelToolCall, runner: ToolRunner): Promise<ToolOutcome> {
  const { scope, services } = runner
  const refuse = (text: string): ToolOutcome => ({ ok: false, text })

  // The profile is read anew: a grant may have been taken away since the tools were offered.
  const profile = await scope.seat.agent(runner.profile.id)
  if (profile === undefined) return refuse('Not run: this agent has been disabled.')
  const tool = services.tools.get(call.name)
  const permitted = permittedTools(profile, scope, services).map((entry) => entry.name)
  if (tool === undefined) {
    const close = closeNames(call.name, permitted)
    const hint = close.length === 0 ? 'You have no tools.' : `Did you mean: ${close.join(', ')}?`
    return refuse(`There is no tool "${call.name.slice(0, 100)}". ${hint}`)
  }
  if (!isPermitted(tool, profile, scope)) {
    const { turn } = scope
    services.logger.warn(
      { turn: turn.id, agent: profile.id, asker: turn.asker.id, tool: tool.name, action: 'tool.denied' },
      'tool call denied',
    )
    const { id: askerId } = turn.asker
    services.observer.toolDenied({
      tool: tool.name,
      agentId: profile.id,
      askerId,
      conversationId: turn.conversationId,
    })
    return refuse(`Not run: you may not use ${tool.name} here.`)
  }
  const parsed = parseArguments(tool, call.argumentsText)
  if (!parsed.ok) return refuse(parsed.error)
  const times = scope.meter.repeat(callSignature(`${profile.id}\n${tool.name}`, parsed.given))
  if (times >= services.limits.repeats) {
    return refuse(
      `Not run: you asked for exactly this ${times} times. Use the earlier result, change the arguments, or answer without it.`,
    )
  }
  const outcome = await execute(tool, parsed.value, runner)
  return { ...outcome, text: headAndTail(outcome.text, services.limits.resultLength) }
}

async function execute(tool: Tool, args: unknown, runner: ToolRunner): Promise<ToolOutcome> {
  const { scope, services } = runner
  for (let attempt = 1; ; attempt++) {
    const limit = AbortSignal.timeout(tool.timeout)
    const signal = AbortSignal.any([scope.signal, limit])
    try {
      const text = await untilAbort(tool.handler(args as never, contextOf(runner, signal)), signal)
      return { ok: true, text: text === '' ? '(no output)' : text }
    } catch (error) {
      scope.signal.throwIfAborted()
      if (isParleyError(error) && error.code === 'tool_refused') return { ok: false, text: error.message }
      if (tool.idempotent && attempt === 1) continue
      if (limit.aborted) return { ok: false, text: `${tool.name} did not finish within ${tool.timeout / 1000} s.` }
      if (isParleyError(error)) return { ok: false, text: error.message }
      services.logger.error({ turn: scope.turn.id, tool: tool.name, error: describe(error) }, 'tool failed')
      return { ok: false, text: `${tool.name} failed because of an internal error.` }
    }
  }
}

function contextOf(runner: ToolRunner, signal: AbortSignal): ToolContext {
  const { scope, services, profile } = runner
  return {
    turnId: scope.turn.id,
    conversationId: scope.turn.conversationId,
    agentId: profile.id,
    asker: scope.turn.asker,
    signal,
    clock: services.clock,
    logger: services.logger,
    askAgent: (nameOrId, task) => runner.askAgent(nameOrId, task, signal),
  }
}

/** A tool that ignores its signal must not hold the turn. */
async function untilAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => reject(signal.reason)
  if (signal.aborted) onAbort()
  else signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
    // A late failure of abandoned work is nobody's problem any more.
    work.catch(() => {})
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
