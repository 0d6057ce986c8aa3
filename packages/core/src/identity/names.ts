import { KeyedQueue } from '@parley/base'
import { coreErrors } from '../errors.ts'
import type { AgentReader, AgentRecord, UserReader } from '../ports/index.ts'
import { foldName, reservedNames } from './name.ts'

/**
 * Names are unique among people and agents, whatever their case, so that a mention means one of them.
 * Changes of names run one after another here, because no single record could carry that constraint.
 */
export class Names {
  readonly #users: UserReader
  readonly #agents: AgentReader
  readonly #queue = new KeyedQueue()

  constructor(users: UserReader, agents: AgentReader) {
    this.#users = users
    this.#agents = agents
  }

  /** Runs `change` alone among all changes of names. */
  exclusively<T>(change: () => Promise<T>): Promise<T> {
    return this.#queue.run('names', change)
  }

  /** Call it inside {@link exclusively}. `ownerId` may keep its own names. Errors: `name_taken`. */
  async assertFree(names: readonly string[], ownerId: string): Promise<void> {
    const taken = await this.#taken(ownerId)
    for (const name of names) {
      const folded = foldName(name)
      if (taken.has(folded) || reservedNames.has(folded)) throw coreErrors.name_taken({ details: { name } })
    }
  }

  async #taken(exceptId: string): Promise<ReadonlySet<string>> {
    const [users, agents] = await Promise.all([this.#users.list(), this.#agents.list()])
    const taken = new Set<string>()
    for (const user of users) if (user.id !== exceptId) taken.add(foldName(user.name)).add(foldName(user.id))
    for (const agent of agents) {
      if (agent.id !== exceptId) for (const name of namesOfAgent(agent)) taken.add(foldName(name))
    }
    return taken
  }
}

/** Everything a mention of the agent may say after the `@`. */
export function namesOfAgent(agent: Pick<AgentRecord, 'id' | 'name' | 'aliases' | 'localized'>): readonly string[] {
  const localized = Object.values(agent.localized ?? {}).map((translation) => translation.name)
  return [agent.name, ...agent.aliases, ...localized, agent.id]
}
