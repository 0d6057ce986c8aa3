import type { Logger } from '@parley/base'
import {
  type AnswerHead,
  type AnswerTurns,
  channelKey,
  type LiveAnswers,
  namesOfAgent,
  type Roster,
  type RosterMember,
  type Uploads,
} from '@parley/core'
import type { AgentReader, AgentRecord, LogReader, SoulStore } from '@parley/core/ports'
import type { AgentProfile, AnswerSink, Conversation, Seat, SeatMember, SeatMessage } from '@parley/runtime'
import { WorkspaceAnswerSink } from './answer-sink.ts'
import type { HeldLease } from './held-lease.ts'
import { readHistory } from './history.ts'

/** What the seats of a workspace read. */
export interface SeatReaders {
  readonly log: LogReader
  readonly roster: Roster
  readonly agents: AgentReader
  readonly souls: SoulStore
  readonly uploads: Uploads
}

/** Where the seats of a workspace write. */
export interface SeatWriters {
  readonly turns: AnswerTurns
  readonly live: LiveAnswers
  readonly logger: Logger
}

/** How an agent sits in a channel of the workspace while it answers once. */
export class WorkspaceSeat implements Seat {
  readonly #held: HeldLease
  readonly #readers: SeatReaders
  readonly #writers: SeatWriters
  /** Files of the messages the agent was shown: it may read these and no others. */
  readonly #shown = new Set<string>()
  #head: AnswerHead | undefined

  constructor(held: HeldLease, readers: SeatReaders, writers: SeatWriters) {
    this.#held = held
    this.#readers = readers
    this.#writers = writers
  }

  async conversation(): Promise<Conversation> {
    const { channelId } = this.#held.lease.job
    const { roster } = this.#readers
    const [channel, members] = await Promise.all([roster.channel(channelId), roster.members(channelId)])
    const kind = channel?.type === 'dm' ? 'direct' : 'group'
    return { id: channelId, name: channel?.name ?? '', kind, members: members.map(seatMemberOf) }
  }

  async agent(agentId: string): Promise<AgentProfile | undefined> {
    const record = await this.#readers.agents.get(agentId)
    if (!record || record.disabled) return undefined
    const { id, name, description, model, tools } = record
    return { id, name, description, model, tools, soul: await this.#readers.souls.read(id) }
  }

  /** Enabled agents of the workspace that are not in the conversation. */
  async agents(): Promise<readonly SeatMember[]> {
    const members = await this.#readers.roster.members(this.#held.lease.job.channelId)
    const present = new Set(members.map((member) => member.id))
    const all = await this.#readers.agents.list()
    return all.filter((agent) => !agent.disabled && !present.has(agent.id)).map(seatAgentOf)
  }

  async history(limit: number): Promise<readonly SeatMessage[]> {
    const messages = await readHistory(this.#readers, this.#held.lease.job.channelId, limit, await this.#position())
    for (const message of messages) for (const file of message.files) this.#shown.add(file.ref)
    return messages
  }

  async readFile(ref: string): Promise<Uint8Array | undefined> {
    if (!this.#shown.has(ref)) return undefined
    return (await this.#readers.uploads.read(ref))?.bytes
  }

  async begin(): Promise<AnswerSink | undefined> {
    const { turns, live, logger } = this.#writers
    try {
      const head = await turns.begin(this.#held.lease)
      if (!head) {
        live.drop(this.#held.lease.job.messageId)
        this.#held[Symbol.dispose]()
        return undefined
      }
      this.#head = head
      const writer = live.open(head, () => this.#held.stop())
      this.#held.signal.addEventListener('abort', () => {
        if (this.#held.signal.reason === 'lease-lost') writer.end()
      })
      return new WorkspaceAnswerSink(this.#held, writer, { turns, logger })
    } catch (error) {
      // The lease runs out and the answer is offered again.
      this.#held[Symbol.dispose]()
      throw error
    }
  }

  /** Position of the answer's row; undefined while there is none, and then everything comes before it. */
  async #position(): Promise<number | undefined> {
    if (this.#head) return this.#head.seq
    const { channelId, messageId } = this.#held.lease.job
    return (await this.#readers.log.find(messageId, channelKey(channelId)))?.seq
  }
}

function seatMemberOf(member: RosterMember): SeatMember {
  if (member.kind === 'agent') return seatAgentOf(member.agent)
  return { id: member.id, kind: 'person', name: member.user.name, aliases: [], description: '' }
}

function seatAgentOf(agent: AgentRecord): SeatMember {
  const { id, name, description } = agent
  return { id, kind: 'agent', name, aliases: namesOfAgent(agent).filter((other) => other !== name), description }
}
