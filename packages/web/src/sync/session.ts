/** One person's session on this page: socket, channels, list, outbox, drafts, markers, presence. */
import type { ChangedFrame, Message, ServerFrame } from '@parley/protocol/workspace'
import { browserFrames, LiveAnswers } from './answers/live-answers.ts'
import type { ApiClient } from './api/client.ts'
import { ChannelRegistry } from './channel/registry.ts'
import { Drafts } from './drafts/drafts.ts'
import { Inbox } from './inbox/inbox.ts'
import { ReadMarkers } from './inbox/read-markers.ts'
import { Outbox } from './outbox/outbox.ts'
import { indexedDbOutbox } from './outbox/storage.ts'
import { Presence } from './presence/presence.ts'
import { SocketClient } from './socket/client.ts'

export interface SessionEvents {
  readonly onEnded: () => void
  readonly onChanged: (change: ChangedFrame['data']) => void
  readonly onReconnected: () => void
  readonly onFrame: (frame: ServerFrame) => void
}

export class Session implements Disposable {
  readonly userId: string
  readonly inbox: Inbox
  readonly live: LiveAnswers
  readonly channels: ChannelRegistry
  readonly outbox: Outbox
  readonly drafts: Drafts
  readonly reads: ReadMarkers
  readonly presence: Presence
  readonly socket: SocketClient
  readonly #events: SessionEvents
  readonly #cleanup = new AbortController()
  #everOpen = false

  constructor(userId: string, api: ApiClient, events: SessionEvents) {
    this.userId = userId
    this.#events = events
    this.socket = new SocketClient({
      url: socketUrl(),
      events: { onFrame: (frame) => this.#receive(frame), onOpen: () => this.#opened(), onEnded: events.onEnded },
    })
    this.inbox = new Inbox(api, userId)
    this.live = new LiveAnswers(browserFrames)
    this.channels = new ChannelRegistry({
      api,
      live: this.live,
      subscribe: (channelId, after, offsets) => void this.socket.send({ type: 'subscribe', channelId, after, offsets }),
      unsubscribe: (channelId) => void this.socket.send({ type: 'unsubscribe', channelId }),
      onMessage: (message) => this.#message(message),
      onPage: (messages) => this.outbox.seen(clientIds(messages)),
    })
    this.outbox = new Outbox({
      api,
      storage: indexedDbOutbox(userId),
      isOnline: () => navigator.onLine,
      isShown: (id) => this.channels.get(id) !== undefined,
    })
    this.drafts = new Drafts(api, localStorage, userId, (channelId, text) => this.inbox.draft(channelId, text))
    this.reads = new ReadMarkers(api, this.inbox)
    this.presence = new Presence((channelId) => void this.socket.send({ type: 'typing', channelId }))
    this.#listenToBrowser()
    this.socket.start(navigator.onLine)
    void this.inbox.load()
    // Without storage (some private windows) there is nothing to take up.
    void this.outbox.start().catch(() => {})
  }

  [Symbol.dispose](): void {
    this.#cleanup.abort()
    this.socket.stop()
    this.outbox.stop()
    this.drafts.dispose()
    this.reads.dispose()
    this.presence.dispose()
    this.inbox.dispose()
    this.channels.clear()
  }

  #opened(): void {
    this.channels.reconnected()
    this.outbox.reconnected()
    void this.reads.flush()
    void this.drafts.flush()
    if (this.#everOpen) {
      void this.inbox.load()
      this.#events.onReconnected()
    }
    this.#everOpen = true
  }

  #receive(frame: ServerFrame): void {
    this.channels.receive(frame)
    if (frame.type === 'changed') {
      this.inbox.changed(frame)
      this.#events.onChanged(frame.data)
    } else if (frame.type === 'presence') this.presence.setOnline(frame.data.userId, frame.data.status)
    else if (frame.type === 'typing') this.presence.typing(frame.data.channelId, frame.data.userId)
    this.#events.onFrame(frame)
  }

  #message(message: Message): void {
    this.inbox.message(message)
    if (message.userId !== null) this.presence.stopped(message.channelId, message.userId)
    this.outbox.seen(clientIds([message]))
  }

  #listenToBrowser(): void {
    const { signal } = this.#cleanup
    addEventListener('online', () => this.socket.online(), { signal })
    addEventListener('offline', () => this.socket.offline(), { signal })
    document.addEventListener(
      'visibilitychange',
      () => {
        if (document.visibilityState === 'visible') this.socket.wake()
        else this.#flush()
      },
      { signal },
    )
    addEventListener('pagehide', () => this.#flush(), { signal })
  }

  /** The page may never come back. */
  #flush(): void {
    void this.drafts.flush({ keepalive: true })
    void this.reads.flush({ keepalive: true })
  }
}

function socketUrl(): string {
  const url = new URL('/ws', location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url.href
}

function clientIds(messages: readonly Message[]): Set<string> {
  return new Set(messages.flatMap((message) => message.metadata.clientId ?? []))
}
