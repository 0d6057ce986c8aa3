import { hasCode } from '@parley/base'
import { bells } from '../bells.ts'
import { coreErrors } from '../errors.ts'
import type { Caller } from '../identity/caller.ts'
import { foldName } from '../identity/name.ts'
import { type Names, namesOfAgent } from '../identity/names.ts'
import type { Ledger } from '../ledger.ts'
import { reaches } from '../policy/access.ts'
import { auditOp } from '../policy/audit-op.ts'
import type { AgentReader, AgentRecord, Role, SoulStore } from '../ports/index.ts'
import type { Stamps } from '../stamps.ts'
import { type AgentFields, checkedAgentId, checkedSoul, withFields } from './agent-fields.ts'

export interface AgentsPorts {
  readonly agents: AgentReader
  readonly souls: SoulStore
  readonly names: Names
  readonly ledger: Ledger
  readonly stamps: Stamps
}

export type NewAgent = AgentFields & { readonly name: string; readonly id?: string | undefined }
export type AgentDetail = AgentRecord & { readonly soul: string }

const MAX_CONFLICTS = 5

/** The agents of the workspace and their personas. Changes ring `agents` and are audited. */
export class Agents {
  readonly #ports: AgentsPorts

  constructor(ports: AgentsPorts) {
    this.#ports = ports
  }

  async list(_caller: Caller): Promise<readonly AgentRecord[]> {
    return this.#ports.agents.list()
  }

  /** Role member. Errors: `forbidden`, `agent_not_found`. */
  async get(caller: Caller, id: string): Promise<AgentDetail> {
    requireRole(caller, 'member')
    return this.#detail(await this.#record(id))
  }

  /** Role admin. Errors: `forbidden`, `invalid_agent`, `invalid_name`, `name_taken`, `id_taken`. */
  async create(caller: Caller, input: NewAgent): Promise<AgentDetail> {
    requireRole(caller, 'admin')
    const { names, agents, souls, ledger, stamps } = this.#ports
    const id = input.id === undefined ? stamps.id('agent') : checkedAgentId(input.id)
    const record = withFields({ ...blank, id, createdAt: stamps.now() }, input)
    const soul = checkedSoul(input.soul ?? '')
    return names.exclusively(async () => {
      // Folders of agents must differ on file systems that ignore case, too.
      const known = await agents.list()
      if (known.some((agent) => agent.id.toLowerCase() === id.toLowerCase())) throw idTaken(id)
      // A new agent owns no name yet, not even its id: that of a person would put it in their place in every channel.
      await names.assertFree(namesOfAgent(record), '')
      await souls.write(id, soul)
      const put = { op: 'agent.put', record, expectVersion: 0 } as const
      try {
        await ledger.commit([put, auditOp(stamps, caller.userId, 'agent.created', id)], [bells.agents])
      } catch (error) {
        if (!hasCode(error, 'write_conflict')) throw error
        throw idTaken(id)
      }
      return { ...record, version: 1, soul }
    })
  }

  /** Role admin. Errors: `forbidden`, `agent_not_found`, `invalid_agent`, `invalid_name`, `name_taken`. */
  async update(caller: Caller, id: string, patch: AgentFields): Promise<AgentDetail> {
    requireRole(caller, 'admin')
    const { names, souls, ledger, stamps } = this.#ports
    const soul = patch.soul === undefined ? undefined : checkedSoul(patch.soul)
    return names.exclusively(async () => {
      for (let conflicts = 0; ; conflicts++) {
        const record = await this.#record(id)
        const changed = withFields(record, patch)
        if (isRenamed(record, changed)) await names.assertFree(namesOfAgent(changed), id)
        const fields = Object.keys(patch).filter((field) => patch[field as keyof AgentFields] !== undefined)
        const put = { op: 'agent.put', record: changed, expectVersion: record.version } as const
        try {
          await ledger.commit([put, auditOp(stamps, caller.userId, 'agent.updated', id, { fields })], [bells.agents])
        } catch (error) {
          if (!hasCode(error, 'write_conflict') || conflicts >= MAX_CONFLICTS) throw error
          continue
        }
        if (soul !== undefined) await souls.write(id, soul)
        return this.#detail({ ...changed, version: record.version + 1 })
      }
    })
  }

  /** Role admin. Ends its memberships; its messages stay, waiting answers of it are dropped. Errors: `forbidden`, `agent_not_found`. */
  async delete(caller: Caller, id: string): Promise<void> {
    requireRole(caller, 'admin')
    const { names, souls, ledger, stamps } = this.#ports
    await names.exclusively(async () => {
      await this.#record(id)
      const audit = auditOp(stamps, caller.userId, 'agent.deleted', id)
      await ledger.commit([{ op: 'agent.delete', id }, audit], [bells.agents])
      await souls.remove(id)
    })
  }

  /** Text of SOUL.md. Role member. Errors: `forbidden`, `agent_not_found`. */
  async soul(caller: Caller, id: string): Promise<string> {
    return (await this.get(caller, id)).soul
  }

  /** Role admin. Running answers keep the old persona. Errors: `forbidden`, `agent_not_found`, `invalid_agent`. */
  async writeSoul(caller: Caller, id: string, text: string): Promise<void> {
    await this.update(caller, id, { soul: text })
  }

  async #record(id: string): Promise<AgentRecord> {
    const record = await this.#ports.agents.get(id)
    if (!record) throw coreErrors.agent_not_found({ details: { id: id.slice(0, 100) } })
    return record
  }

  async #detail(record: AgentRecord): Promise<AgentDetail> {
    return { ...record, soul: await this.#ports.souls.read(record.id) }
  }
}

const blank: Omit<AgentRecord, 'id' | 'createdAt'> = {
  name: '',
  avatar: '🤖',
  description: '',
  model: '',
  tools: [],
  aliases: [],
  localized: null,
  builtin: false,
  disabled: false,
  version: 1,
}

function requireRole(caller: Caller, role: Role): void {
  if (!reaches(caller.role, role)) throw coreErrors.forbidden({ details: { role } })
}

function isRenamed(before: AgentRecord, after: AgentRecord): boolean {
  const fold = (record: AgentRecord): string => namesOfAgent(record).map(foldName).join('\n')
  return fold(before) !== fold(after)
}

function idTaken(id: string): Error {
  return coreErrors.id_taken({ details: { id } })
}
