/** Everybody with an open socket, and what concerns all of them: presence, agents, settings, people. */
import type { Logger } from '@parley/base'
import type { Channels, Presence } from '@parley/core'
import type { ChangedFrame } from '@parley/protocol/workspace'
import { encodeFrame } from './encode-frame.ts'
import { type PersonBells, type PersonSocket, PersonSockets } from './person-sockets.ts'

export interface WorkspaceBells extends PersonBells {
  listenAll(topic: 'agents' | 'settings' | 'users' | 'presence', listener: () => void): () => void
}

export interface DirectoryPorts {
  readonly bells: WorkspaceBells
  readonly channels: Pick<Channels, 'idsFor'>
  readonly presence: Pick<Presence, 'connect' | 'changes'>
}

/** Milliseconds for which changes of one topic are gathered. */
const GATHER_MS = 100

export class PersonDirectory implements Disposable {
  readonly #ports: DirectoryPorts
  readonly #logger: Logger
  readonly #perUser: number
  readonly #people = new Map<string, PersonSockets>()
  readonly #stops: (() => void)[]
  readonly #timers = new Map<string, NodeJS.Timeout>()
  #presenceVersion: number

  constructor(ports: DirectoryPorts, perUser: number, logger: Logger) {
    this.#ports = ports
    this.#perUser = perUser
    this.#logger = logger
    this.#presenceVersion = ports.presence.changes(0).version
    const changed = (topic: ChangedFrame['data']['topic']) => () => this.#tellAll({ topic })
    this.#stops = [
      ports.bells.listenAll('agents', () => this.#gather('agents', changed('agents'))),
      ports.bells.listenAll('settings', () => this.#gather('settings', changed('settings'))),
      ports.bells.listenAll('users', () => this.#gather('users', changed('users'))),
      ports.bells.listenAll('presence', () => this.#gather('presence', () => this.#tellPresence())),
    ]
  }

  /** Registers a socket with a session. Undefined when the person has too many; otherwise call the result once when it closes. */
  join(socket: PersonSocket): (() => void) | undefined {
    let person = this.#people.get(socket.userId)
    if (person !== undefined && person.size >= this.#perUser) return undefined
    if (person === undefined) {
      person = new PersonSockets(socket.userId, this.#ports.bells, this.#ports.channels, this.#logger)
      this.#people.set(socket.userId, person)
    }
    person.add(socket)
    const leave = this.#ports.presence.connect(socket.userId)
    const joined = person
    return () => {
      leave()
      joined.remove(socket)
      if (joined.size > 0) return
      this.#people.delete(socket.userId)
      joined[Symbol.dispose]()
    }
  }

  /** Authenticates every socket again: sessions end by time too, and an open socket keeps its session alive. */
  recheckSessions(): void {
    for (const person of this.#people.values()) person.recheckSessions()
  }

  #gather(topic: string, act: () => void): void {
    if (this.#timers.has(topic)) return
    const timer = setTimeout(() => {
      this.#timers.delete(topic)
      act()
    }, GATHER_MS)
    this.#timers.set(topic, timer)
  }

  #tellAll(data: ChangedFrame['data']): void {
    const frame = encodeFrame({ type: 'changed', data })
    for (const person of this.#people.values()) person.send(frame)
  }

  #tellPresence(): void {
    const { version, changes } = this.#ports.presence.changes(this.#presenceVersion)
    this.#presenceVersion = version
    for (const { userId, online } of changes) {
      const frame = encodeFrame({ type: 'presence', data: { userId, status: online ? 'online' : 'offline' } })
      for (const person of this.#people.values()) person.send(frame)
    }
  }

  [Symbol.dispose](): void {
    for (const stop of this.#stops) stop()
    for (const timer of this.#timers.values()) clearTimeout(timer)
    for (const person of this.#people.values()) person[Symbol.dispose]()
    this.#people.clear()
  }
}
