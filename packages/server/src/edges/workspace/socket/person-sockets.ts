/**
 * All open sockets of one person: tells them what changed outside their subscriptions, and has their sessions and
 * subscriptions checked again when a bell says that something about the person changed.
 */

import type { Logger } from '@parley/base'
import type { Caller, Channels } from '@parley/core'
import type { ChangedFrame } from '@parley/protocol/workspace'
import { encodeFrame } from './encode-frame.ts'
import type { FeedSocket } from './feed-socket.ts'

/** A socket with a session, as its person's group sees it. */
export interface PersonSocket extends FeedSocket {
  readonly caller: Caller
  isFollowing(channelId: string): boolean
  /** A frame was not sent because the socket is full: tell it to reload once it has drained. */
  noteMissed(): void
  /** Authenticates again; closes the socket when its session has ended. */
  recheckSession(): Promise<void>
  /** Ends subscriptions the person may no longer have. */
  recheckSubscriptions(): Promise<void>
}

export interface PersonBells {
  listenPerson(userId: string, listener: () => void): () => void
  listenSessions(userId: string, listener: () => void): () => void
  listenRead(userId: string, listener: () => void): () => void
  listenLog(channelId: string, listener: (seq: number) => void): () => void
}

/** Least milliseconds between two `changed` frames about the same channel. */
const CHANNEL_INTERVAL_MS = 400

export class PersonSockets implements Disposable {
  readonly userId: string
  readonly #sockets = new Set<PersonSocket>()
  readonly #bells: PersonBells
  readonly #channels: Pick<Channels, 'idsFor'>
  readonly #logger: Logger
  readonly #stops: (() => void)[]
  readonly #watched = new Map<string, () => void>()
  readonly #moved = new Map<string, number>()
  #movedTimer: NodeJS.Timeout | undefined
  #lastMoved = Number.NEGATIVE_INFINITY
  #refreshing = false
  #refreshAgain = false

  constructor(userId: string, bells: PersonBells, channels: Pick<Channels, 'idsFor'>, logger: Logger) {
    this.userId = userId
    this.#bells = bells
    this.#channels = channels
    this.#logger = logger
    this.#stops = [
      bells.listenPerson(userId, () => this.#onPersonBell()),
      bells.listenSessions(userId, () => this.#onSessionsBell()),
      bells.listenRead(userId, () => this.tell({ topic: 'read' })),
    ]
  }

  get size(): number {
    return this.#sockets.size
  }

  add(socket: PersonSocket): void {
    this.#sockets.add(socket)
    if (this.#sockets.size === 1) void this.#watchChannels()
  }

  remove(socket: PersonSocket): void {
    this.#sockets.delete(socket)
  }

  /** Sends `changed` to all of them. */
  tell(data: ChangedFrame['data']): void {
    this.send(encodeFrame({ type: 'changed', data }))
  }

  send(frame: Buffer): void {
    for (const socket of this.#sockets) {
      if (socket.connection.congested) socket.noteMissed()
      else socket.connection.send(frame)
    }
  }

  recheckSessions(): void {
    for (const socket of this.#sockets) void socket.recheckSession()
  }

  #onPersonBell(): void {
    for (const socket of this.#sockets) void socket.recheckSubscriptions()
    void this.#watchChannels()
    this.tell({ topic: 'channels' })
  }

  #onSessionsBell(): void {
    this.recheckSessions()
  }

  /** Listens to every channel of the person, so that a list can show unread marks of channels nobody has open. */
  async #watchChannels(): Promise<void> {
    this.#refreshAgain = true
    if (this.#refreshing) return
    this.#refreshing = true
    try {
      while (this.#refreshAgain) {
        this.#refreshAgain = false
        const caller = this.#sockets.values().next().value?.caller
        if (caller === undefined) break
        this.#watch(new Set(await this.#channels.idsFor(caller)))
      }
    } catch (error) {
      this.#logger.error({ err: error, userId: this.userId }, 'channels of a person could not be read')
    } finally {
      this.#refreshing = false
    }
  }

  #watch(channelIds: ReadonlySet<string>): void {
    if (this.#sockets.size === 0) return
    for (const [id, stop] of this.#watched) {
      if (channelIds.has(id)) continue
      stop()
      this.#watched.delete(id)
    }
    for (const id of channelIds) {
      if (this.#watched.has(id)) continue
      this.#watched.set(
        id,
        this.#bells.listenLog(id, (seq) => this.#onChannelMoved(id, seq)),
      )
    }
  }

  #onChannelMoved(channelId: string, seq: number): void {
    this.#moved.set(channelId, Math.max(seq, this.#moved.get(channelId) ?? 0))
    if (this.#movedTimer !== undefined) return
    const wait = Math.max(0, this.#lastMoved + CHANNEL_INTERVAL_MS - performance.now())
    this.#movedTimer = setTimeout(() => this.#tellMoved(), wait)
  }

  #tellMoved(): void {
    this.#movedTimer = undefined
    this.#lastMoved = performance.now()
    for (const [id, lastSeq] of this.#moved) {
      let frame: Buffer | undefined
      for (const socket of this.#sockets) {
        if (socket.isFollowing(id)) continue
        if (socket.connection.congested) {
          socket.noteMissed()
          continue
        }
        frame ??= encodeFrame({
          type: 'changed',
          data: { topic: 'channel', id, ...(lastSeq === 0 ? {} : { lastSeq }) },
        })
        socket.connection.send(frame)
      }
    }
    this.#moved.clear()
  }

  [Symbol.dispose](): void {
    for (const stop of this.#stops) stop()
    for (const stop of this.#watched.values()) stop()
    this.#watched.clear()
    clearTimeout(this.#movedTimer)
  }
}
