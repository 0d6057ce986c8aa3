import { bells } from '../bells.ts'
import { joinOps } from '../channels/membership.ts'
import type { Ledger } from '../ledger.ts'
import type { AgentRecord, ChannelRecord, SettingsReader, SoulStore, WriteOp } from '../ports/index.ts'
import type { Stamps } from '../stamps.ts'

type SharedFields = 'id' | 'name' | 'avatar' | 'description' | 'tools' | 'aliases' | 'localized'

export interface BuiltinAgent extends Pick<AgentRecord, SharedFields> {
  /** `provider/model`; absent means the default model. */
  readonly model?: string
  /** Text of its SOUL.md. */
  readonly soul: string
}

export interface SeedPorts {
  readonly settings: SettingsReader
  readonly souls: SoulStore
  readonly ledger: Ledger
  readonly stamps: Stamps
}

export interface Seed {
  readonly agents: readonly BuiltinAgent[]
  readonly ownerId: string
  readonly group: { readonly name: string; readonly avatar?: string; readonly leaderAgentId: string | null }
}

const SEEDED = 'seeded'

/**
 * First start only: installs the built-in agents and one group with the owner and all of them. What is deleted later
 * stays deleted. Returns false when it was done before.
 */
export async function seedWorkspace(ports: SeedPorts, seed: Seed): Promise<boolean> {
  const { settings, souls, ledger, stamps } = ports
  if ((await settings.get(SEEDED)) !== undefined) return false
  // Personas are files: written first, so that an agent is never there without its own. A crash in between is repeated.
  for (const agent of seed.agents) await souls.write(agent.id, agent.soul)
  const now = stamps.now()
  const channel: ChannelRecord = {
    id: stamps.id('ch'),
    name: seed.group.name,
    type: 'group',
    avatar: seed.group.avatar ?? '',
    leaderAgentId: seed.group.leaderAgentId,
    dmKey: null,
    createdBy: seed.ownerId,
    createdAt: now,
    version: 1,
  }
  const newcomers = seed.agents.map(({ id }) => ({ type: 'agent' as const, id }))
  const unit: WriteOp[] = [
    ...seed.agents.map((agent) => ({ op: 'agent.put' as const, record: recordOf(agent, now), expectVersion: 0 })),
    { op: 'channel.put', record: channel, expectVersion: 0 },
    ...joinOps(channel.id, [{ type: 'user', id: seed.ownerId }], now, 0, 'owner'),
    ...joinOps(channel.id, newcomers, now, 0),
    { op: 'setting.put', name: SEEDED, value: now },
  ]
  await ledger.commit(unit, [bells.agents, bells.user(seed.ownerId)])
  return true
}

function recordOf({ soul: _soul, model, ...agent }: BuiltinAgent, createdAt: number): AgentRecord {
  return { ...agent, model: model ?? '', builtin: true, disabled: false, createdAt, version: 1 }
}
