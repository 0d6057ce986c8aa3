/** A conversation in memory that speaks the seat interface, for tests of the runtime. */
import type { ToolStep } from '@parley/protocol/shared'
import type {
  AgentProfile,
  AnswerSink,
  Conversation,
  Outcome,
  Seat,
  SeatFile,
  SeatMember,
  SeatMessage,
  Turn,
  TurnSource,
} from '../seat.ts'

export function agentProfile(id: string, fields: Partial<AgentProfile> = {}): AgentProfile {
  return {
    id,
    name: id.replace(/^agent_/, ''),
    description: '',
    soul: `You are ${id}.`,
    model: 'local/test-model',
    tools: [],
    ...fields,
  }
}

export function person(id: string, name = id): SeatMember {
  return { id, kind: 'person', name, aliases: [], description: '' }
}

export function agentMember(id: string, name = id.replace(/^agent_/, ''), aliases: readonly string[] = []): SeatMember {
  return { id, kind: 'agent', name, aliases, description: `the ${name}` }
}

export interface DoubleOptions {
  readonly agents?: readonly AgentProfile[]
  readonly conversation?: Partial<Conversation>
  readonly messages?: readonly SeatMessage[]
  readonly files?: ReadonlyMap<string, Uint8Array>
  readonly directory?: readonly SeatMember[]
}

/** What a reader of the answer would have seen. */
export interface Shown {
  text: string
  reasoning: string
  steps: ToolStep[]
  models: string[]
  restarts: number
}

export class SeatDouble implements Seat {
  readonly profiles: Map<string, AgentProfile>
  readonly messages: SeatMessage[]
  readonly files: Map<string, Uint8Array>
  readonly shown: Shown = { text: '', reasoning: '', steps: [], models: [], restarts: 0 }
  readonly outcomes: Outcome[] = []
  readonly #conversation: Conversation
  readonly #ended = Promise.withResolvers<Outcome>()
  readonly #directory: readonly SeatMember[]
  readonly #changes = new Set<() => void>()
  /** Replace to make the seat misbehave. */
  beginFails: Error | undefined
  finishFails: Error[] = []
  nothingToAnswer = false

  constructor(options: DoubleOptions = {}) {
    const agents = options.agents ?? [agentProfile('agent_a')]
    this.profiles = new Map(agents.map((agent) => [agent.id, agent]))
    this.messages = [...(options.messages ?? [said('user_1', 'Hello')])]
    this.files = new Map(options.files)
    this.#directory = options.directory ?? []
    this.#conversation = {
      id: 'ch_1',
      name: 'Room',
      kind: 'direct',
      members: [person('user_1', 'Ann'), ...agents.map((agent) => agentMember(agent.id, agent.name))],
      ...options.conversation,
    }
  }

  /** Resolves with the first end of the turn. */
  get ended(): Promise<Outcome> {
    return this.#ended.promise
  }

  /** Resolves once `condition` holds for what is shown. */
  async until(condition: (shown: Shown) => boolean): Promise<void> {
    while (!condition(this.shown)) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#changes.delete(wake)
          resolve()
        }
        this.#changes.add(wake)
      })
    }
  }

  async conversation(): Promise<Conversation> {
    return this.#conversation
  }
  async agent(agentId: string): Promise<AgentProfile | undefined> {
    return this.profiles.get(agentId)
  }
  async agents(): Promise<readonly SeatMember[]> {
    return this.#directory
  }
  async history(limit: number): Promise<readonly SeatMessage[]> {
    return this.messages.slice(-limit)
  }
  async readFile(ref: string): Promise<Uint8Array | undefined> {
    return this.files.get(ref)
  }

  async begin(): Promise<AnswerSink | undefined> {
    if (this.beginFails !== undefined) throw this.beginFails
    if (this.nothingToAnswer) return undefined
    const { shown } = this
    const changed = (): void => {
      for (const wake of [...this.#changes]) wake()
    }
    return {
      messageId: 'msg_answer',
      text(delta) {
        shown.text += delta
        changed()
      },
      reasoning(delta) {
        shown.reasoning += delta
        changed()
      },
      tool(step) {
        const index = shown.steps.findIndex((known) => known.callId === step.callId)
        if (index < 0) shown.steps.push(step)
        else shown.steps[index] = step
        changed()
      },
      restart() {
        Object.assign(shown, { text: '', reasoning: '', steps: [], restarts: shown.restarts + 1 })
      },
      model(id) {
        shown.models.push(id)
      },
      finish: async (outcome) => {
        const error = this.finishFails.shift()
        if (error !== undefined) throw error
        this.outcomes.push(outcome)
        this.#ended.resolve(outcome)
      },
    }
  }
}

let counter = 0

export function said(authorId: string, text: string, extra: Partial<SeatMessage> = {}): SeatMessage {
  counter++
  const kind = authorId.startsWith('agent_') ? 'agent' : authorId === 'system' ? 'system' : 'person'
  return {
    id: `msg_${counter}`,
    at: counter,
    author: { id: authorId, kind, name: authorId.replace(/^(agent|user)_/, '') },
    text,
    files: [],
    ...extra,
  }
}

export function file(ref: string, mime: string, size = 100, name = ref): SeatFile {
  return { ref, name, mime, size }
}

export interface TurnHandle {
  readonly turn: Turn
  readonly controller: AbortController
}

export function turnFor(seat: SeatDouble, fields: Partial<Omit<Turn, 'seat' | 'signal'>> = {}): TurnHandle {
  const controller = new AbortController()
  counter++
  return {
    controller,
    turn: {
      id: `job_${counter}`,
      conversationId: 'ch_1',
      agentId: [...seat.profiles.keys()][0] ?? 'agent_a',
      triggerId: seat.messages.at(-1)?.id ?? '',
      asker: { id: 'user_1', role: 'owner' },
      seat,
      signal: controller.signal,
      ...fields,
    },
  }
}

/** Hands out turns in order; tells waiting engines when there are new ones. */
export class SourceDouble implements TurnSource {
  readonly #turns: Turn[] = []
  #wake = Promise.withResolvers<void>()
  claims = 0
  claimFails: Error[] = []

  add(...turns: readonly Turn[]): void {
    this.#turns.push(...turns)
    this.#wake.resolve()
    this.#wake = Promise.withResolvers<void>()
  }

  async claim(limit: number): Promise<readonly Turn[]> {
    this.claims++
    const error = this.claimFails.shift()
    if (error !== undefined) throw error
    return this.#turns.splice(0, limit)
  }

  async wait(signal: AbortSignal): Promise<void> {
    if (this.#turns.length > 0) return
    const { promise, reject } = Promise.withResolvers<never>()
    if (signal.aborted) throw signal.reason
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    await Promise.race([this.#wake.promise, promise])
  }
}
