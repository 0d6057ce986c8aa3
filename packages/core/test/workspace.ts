/** A whole workspace on a real store, for the tests of the use cases: its people act through {@link Caller}s. */
import {
  Access,
  Agents,
  Answers,
  AnswerText,
  AnswerTurns,
  Audit,
  announce,
  type BuiltinAgent,
  type Caller,
  Channels,
  createStamps,
  Ledger,
  LiveAnswers,
  type LiveAnswersOptions,
  LoginLimiter,
  MessageRate,
  Messages,
  Names,
  People,
  Presence,
  Roster,
  Sessions,
  Settings,
  type SettingsOptions,
  Uploads,
} from '@parley/core'
import type { BlobStore, Role, SecretBox, SoulStore, Store } from '@parley/core/ports'
import { createMemoryBus, createMemoryStore } from '@parley/infra/memory'

export const OWNER_KEY = 'correct horse battery staple'

export interface WorkspaceOptions {
  readonly store?: Store
  readonly rate?: { readonly perSecond: number; readonly burst: number }
  readonly settings?: SettingsOptions
  readonly live?: LiveAnswersOptions
}

/** A clock that stands still until it is told to go. */
export class HandClock {
  #now = Date.UTC(2026, 2, 24, 10)
  now(): number {
    return this.#now
  }
  pass(milliseconds: number): void {
    this.#now += milliseconds
  }
}

export type Workspace = Awaited<ReturnType<typeof createWorkspace>>

export async function createWorkspace(options: WorkspaceOptions = {}) {
  const store = options.store ?? createMemoryStore()
  const bus = createMemoryBus()
  const clock = new HandClock()
  const stamps = createStamps(clock)
  const ledger = new Ledger(announce(store.writer, bus), bus)
  const names = new Names(store.users, store.agents)
  const roster = new Roster(store)
  const access = new Access(store.channels, new MessageRate(clock, options.rate ?? { perSecond: 1000, burst: 1000 }))
  const souls = memorySouls()
  const files = memoryFiles()
  const uploads = new Uploads({ blobs: store.blobs, files, ledger, stamps })
  const live = new LiveAnswers(store.writer, { checkpointEveryMs: 5, ...options.live })
  const shared = { log: store.log, roster, access, ledger, stamps }
  const people = new People({ users: store.users, channels: store.channels, names, ledger, stamps })
  const limiter = new LoginLimiter(clock)
  const sessionPorts = { users: store.users, sessions: store.sessions, limiter, ledger, stamps }
  const sessions = new Sessions(sessionPorts, { ownerKey: OWNER_KEY })
  const ownerPerson = await people.ensureOwner()
  const owner: Caller = { userId: ownerPerson.id, role: 'owner', sessionId: 'sess_none', name: ownerPerson.name }
  const agents = new Agents({ agents: store.agents, souls, names, ledger, stamps })

  return {
    store,
    bus,
    clock,
    stamps,
    ledger,
    names,
    roster,
    access,
    souls,
    files,
    uploads,
    live,
    people,
    sessions,
    agents,
    owner,
    channels: new Channels({ ...shared, channels: store.channels }),
    messages: new Messages({ ...shared, uploads }),
    answers: new Answers({ ...shared, jobs: store.jobs }),
    answerText: new AnswerText({ log: store.log, access, live }),
    turns: new AnswerTurns({ log: store.log, jobs: store.jobs, streams: store.streams, roster, ledger, stamps }),
    settings: new Settings({ settings: store.settings, secrets: plainBox, ledger, stamps }, options.settings),
    audit: new Audit({ audit: store.audit, access, ledger, stamps }),
    presence: new Presence(bus),

    /** Adds a person and lets them in. */
    async person(name: string, role: Exclude<Role, 'owner'> = 'member'): Promise<Caller> {
      const { person } = await people.create(owner, { name, role })
      return { userId: person.id, role, sessionId: `sess_${name}`, name }
    },
    agent: (id: string, name: string, fields: { aliases?: string[]; disabled?: boolean } = {}) =>
      agents.create(owner, { id, name, ...fields }),
    /** Counts the bells of a key from now on. */
    bellsOf(key: string): { readonly count: number; readonly last: number } {
      const heard = { count: 0, last: 0 }
      bus.listen(key, (seq) => {
        heard.count++
        heard.last = seq
      })
      return heard
    },
  }
}

export const builtins: readonly BuiltinAgent[] = [
  {
    id: 'butler',
    name: '虾饺管家',
    avatar: '🤖',
    description: '',
    tools: [],
    aliases: [],
    localized: { en: { name: 'Butler', description: '' } },
    soul: 'You run the house.',
  },
  {
    id: 'novelist',
    name: '小说家',
    avatar: '✍️',
    description: '',
    tools: ['web_search'],
    aliases: [],
    localized: { en: { name: 'Novelist', description: '' } },
    soul: 'You write.',
  },
]

function memorySouls(): SoulStore & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>()
  return {
    texts,
    read: async (id) => texts.get(id) ?? '',
    write: async (id, text) => void texts.set(id, text),
    remove: async (id) => void texts.delete(id),
  }
}

function memoryFiles(): BlobStore & { readonly blobs: Map<string, Uint8Array> } {
  const blobs = new Map<string, Uint8Array>()
  return {
    blobs,
    put: async (path, bytes) => void blobs.set(path, bytes),
    read: async (path) => blobs.get(path),
    open: async (path, range) => {
      const bytes = blobs.get(path)
      return bytes && new Blob([Uint8Array.from(range ? bytes.slice(range.start, range.end + 1) : bytes)]).stream()
    },
    remove: async (path) => void blobs.delete(path),
  }
}

/** Turns texts around: enough to see whether something was sealed. */
const plainBox: SecretBox = {
  seal: (plain) => `sealed:${[...plain].toReversed().join('')}`,
  open: (sealed) => {
    if (!sealed.startsWith('sealed:')) throw new Error('sealed under another key')
    return [...sealed.slice('sealed:'.length)].toReversed().join('')
  },
}
