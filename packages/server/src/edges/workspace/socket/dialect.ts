/** Wires the Workspace dialect: bells to feeds and people, sockets to sessions. */
import type { Logger } from '@parley/base'
import {
  type Answers,
  bells,
  type Channels,
  type LiveAnswers,
  type Messages,
  type Presence,
  type Sessions,
} from '@parley/core'
import type { Bus } from '@parley/core/ports'
import type { Connection, Dialect, SocketLimits } from '../../../hosts/ws/index.ts'
import { ChannelFeeds } from './channel-feeds.ts'
import { PersonDirectory } from './person-directory.ts'
import { SocketSession } from './socket-session.ts'

export interface WorkspaceSocketPorts {
  readonly sessions: Sessions
  readonly channels: Channels
  readonly messages: Messages
  readonly answers: Answers
  readonly live: LiveAnswers
  readonly presence: Presence
}

/** Every followed log is read this often even if no bell rings (LOG-5). */
const POKE_INTERVAL_MS = 15_000
/** Open sockets are authenticated again this often: sessions end by time too. */
const RECHECK_INTERVAL_MS = 300_000

export class WorkspaceDialect implements Dialect, Disposable {
  readonly name = 'workspace'
  readonly openingTypes: ReadonlySet<string> = new Set(['auth', 'ping', 'subscribe', 'unsubscribe', 'send', 'typing'])
  readonly #ports: WorkspaceSocketPorts
  readonly #limits: SocketLimits
  readonly #logger: Logger
  readonly #feeds: ChannelFeeds
  readonly #people: PersonDirectory
  readonly #timers: NodeJS.Timeout[]

  constructor(ports: WorkspaceSocketPorts, bus: Bus, limits: SocketLimits, logger: Logger) {
    this.#ports = ports
    this.#limits = limits
    this.#logger = logger
    const listenLog = (channelId: string, listener: (seq: number) => void) =>
      bus.listen(bells.channel(channelId), listener)
    this.#feeds = new ChannelFeeds(
      {
        messages: ports.messages,
        answers: ports.answers,
        live: ports.live,
        listenLog,
        listenAnswers: (channelId, listener) => bus.listen(bells.answers(channelId), listener),
      },
      logger,
    )
    this.#people = new PersonDirectory(
      {
        channels: ports.channels,
        presence: ports.presence,
        bells: {
          listenLog,
          listenPerson: (userId, listener) => bus.listen(bells.user(userId), listener),
          listenSessions: (userId, listener) => bus.listen(bells.sessions(userId), listener),
          listenRead: (userId, listener) => bus.listen(bells.read(userId), listener),
          listenAll: (topic, listener) => bus.listen(bells[topic], listener),
        },
      },
      limits.perUser,
      logger,
    )
    this.#timers = [
      setInterval(() => this.#feeds.poke(), POKE_INTERVAL_MS).unref(),
      setInterval(() => this.#people.recheckSessions(), RECHECK_INTERVAL_MS).unref(),
    ]
  }

  open(connection: Connection): SocketSession {
    const { sessions, channels, messages } = this.#ports
    const ports = { sessions, channels, messages, feeds: this.#feeds, people: this.#people }
    return new SocketSession(connection, ports, this.#limits, this.#logger)
  }

  [Symbol.dispose](): void {
    for (const timer of this.#timers) clearInterval(timer)
    this.#feeds[Symbol.dispose]()
    this.#people[Symbol.dispose]()
  }
}
