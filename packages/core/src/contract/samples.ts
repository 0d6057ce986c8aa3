/** Records and operations with everything filled in; a test names only what it is about. */
import type {
  AgentRecord,
  AppendOp,
  ChannelRecord,
  EnqueueJobOp,
  MemberRecord,
  SessionRecord,
  UserRecord,
} from '../ports/index.ts'

let counter = 0

/** A new id in each call, sorting after the earlier ones. */
export function freshId(prefix = 'id'): string {
  counter += 1
  return `${prefix}_${String(counter).padStart(8, '0')}`
}

export function append(key: string, rest: Partial<Omit<AppendOp, 'op'>> = {}): AppendOp {
  const id = rest.id ?? freshId('msg')
  return { op: 'log.append', targets: [{ key }], producer: 'ann', at: 1_000, body: `{"text":"${id}"}`, ...rest, id }
}

export function revise(id: string, body = '{"revised":true}') {
  return { op: 'log.revise', id, body, changeId: freshId('chg'), producer: 'ann', at: 2_000 } as const
}

export function user(rest: Partial<UserRecord> = {}): UserRecord {
  return { id: freshId('user'), name: 'Ann', role: 'member', avatar: '', keyHash: null, createdAt: 1_000, ...rest }
}

export function session(userId: string, rest: Partial<SessionRecord> = {}): SessionRecord {
  return {
    id: freshId('sess'),
    tokenHash: freshId('hash'),
    userId,
    createdAt: 1_000,
    lastSeenAt: 1_000,
    expiresAt: 9_000,
    ip: '127.0.0.1',
    userAgent: 'test',
    ...rest,
  }
}

export function agent(rest: Partial<AgentRecord> = {}): AgentRecord {
  return {
    id: freshId('agent'),
    name: 'Writer',
    avatar: '🖋️',
    description: 'Writes',
    model: '',
    tools: ['web_search'],
    aliases: ['scribe'],
    localized: { zh: { name: '作家', description: '写作' } },
    builtin: false,
    disabled: false,
    createdAt: 1_000,
    version: 0,
    ...rest,
  }
}

export function channel(rest: Partial<ChannelRecord> = {}): ChannelRecord {
  return {
    id: freshId('ch'),
    name: 'General',
    type: 'group',
    avatar: '',
    leaderAgentId: null,
    dmKey: null,
    createdBy: 'user_1',
    createdAt: 1_000,
    version: 0,
    ...rest,
  }
}

export function member(channelId: string, id: string, rest: Partial<MemberRecord> = {}): MemberRecord {
  return { channelId, type: 'user', id, role: 'member', joinedAt: 1_000, ...rest }
}

export function enqueue(lane: string, rest: Partial<EnqueueJobOp['job']> = {}): EnqueueJobOp {
  return { op: 'job.enqueue', job: { id: freshId('job'), lane, kind: 'answer', payload: '{}', createdAt: 1, ...rest } }
}
