/** The person's list of channels: previews, unread counts, pins, in the order of the list. */
import type { ChangedFrame, Channel, Message } from '@parley/protocol/workspace'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ApiClient } from '../api/client.ts'
import { ApiError } from '../api/error.ts'
import { applyMessageToChannel, applyReadMarker, sortChannels } from './list.ts'

export interface InboxView {
  readonly phase: 'loading' | 'ready' | 'failed'
  readonly failure: ApiError | null
  /** Pinned first, then by last activity. */
  readonly channels: readonly Channel[]
}

/** Changes of one channel within this time are fetched once. */
const COALESCE_MS = 250

export class Inbox {
  readonly store: StoreApi<InboxView> = createStore<InboxView>(() => ({
    phase: 'loading',
    failure: null,
    channels: [],
  }))
  readonly #api: ApiClient
  readonly #myId: string
  readonly #pending = new Map<string, ReturnType<typeof setTimeout>>()
  #listLoad: Promise<void> | null = null
  #listStale = false
  #disposed = false

  constructor(api: ApiClient, myId: string) {
    this.#api = api
    this.#myId = myId
  }

  get(id: string): Channel | undefined {
    return this.store.getState().channels.find((channel) => channel.id === id)
  }

  /** Loads the whole list. A call during a load causes one more afterwards: the first reply may be older than the change. */
  load(): Promise<void> {
    if (this.#listLoad !== null) {
      this.#listStale = true
      return this.#listLoad
    }
    this.#listLoad = this.#load().finally(() => {
      this.#listLoad = null
      if (this.#listStale) {
        this.#listStale = false
        void this.load()
      }
    })
    return this.#listLoad
  }

  async #load(): Promise<void> {
    try {
      const { channels } = await this.#api.call('listChannels')
      if (this.#disposed) return
      const readSeqs = new Map(this.store.getState().channels.map((channel) => [channel.id, channel.readSeq]))
      // A marker moved here while the list was on its way must not jump back.
      const merged = channels.map((channel) => applyReadMarker(channel, readSeqs.get(channel.id) ?? 0))
      this.store.setState({ phase: 'ready', failure: null, channels: sortChannels(merged) })
    } catch (error) {
      const failure = error instanceof ApiError ? error : new ApiError(0, 'unreachable', String(error))
      this.store.setState((view) => (view.phase === 'ready' ? view : { ...view, phase: 'failed', failure }))
    }
  }

  /** Reacts to the server's word that something changed. */
  changed(frame: ChangedFrame): void {
    const { topic, id } = frame.data
    if (topic === 'channels') void this.load()
    else if ((topic === 'channel' || topic === 'read') && id !== undefined) this.#refresh(id)
  }

  /** A message the socket told: the preview moves at once, the exact counts follow with the next refresh. */
  message(message: Message): void {
    this.#edit(message.channelId, (channel) => applyMessageToChannel(channel, message, this.#myId))
  }

  /** The person has read up to this position. */
  read(channelId: string, seq: number): void {
    this.#edit(channelId, (channel) => applyReadMarker(channel, seq))
  }

  /** The server has this unsent text of the person. */
  draft(channelId: string, text: string): void {
    this.#edit(channelId, (channel) => (channel.draft === text ? channel : { ...channel, draft: text }))
  }

  /** Pins or mutes; shown at once, taken back when the server refuses. */
  async setPreferences(channelId: string, change: { pinned?: boolean; muted?: boolean }): Promise<void> {
    const before = this.get(channelId)
    this.#edit(channelId, (channel) => ({ ...channel, ...change }))
    try {
      await this.#api.call('putChannelPreferences', { params: { id: channelId }, body: change })
    } catch (error) {
      if (before) this.#edit(channelId, (channel) => ({ ...channel, pinned: before.pinned, muted: before.muted }))
      throw error
    }
  }

  /** Puts a channel the person just made or changed into the list. */
  upsert(channel: Channel): void {
    this.store.setState((view) => ({
      channels: sortChannels([...view.channels.filter((other) => other.id !== channel.id), channel]),
    }))
  }

  remove(channelId: string): void {
    this.store.setState((view) => ({ channels: view.channels.filter((channel) => channel.id !== channelId) }))
  }

  dispose(): void {
    this.#disposed = true
    for (const timer of this.#pending.values()) clearTimeout(timer)
    this.#pending.clear()
  }

  #refresh(id: string): void {
    if (this.#pending.has(id)) return
    this.#pending.set(
      id,
      setTimeout(() => {
        this.#pending.delete(id)
        void this.#fetch(id)
      }, COALESCE_MS),
    )
  }

  async #fetch(id: string): Promise<void> {
    try {
      const { channel } = await this.#api.call('getChannel', { params: { id } })
      if (!this.#disposed) this.upsert(applyReadMarker(channel, this.get(id)?.readSeq ?? 0))
    } catch (error) {
      if (error instanceof ApiError && (error.status === 403 || error.status === 404)) this.remove(id)
      // Otherwise the list is loaded again after the reconnection.
    }
  }

  #edit(id: string, edit: (channel: Channel) => Channel): void {
    this.store.setState((view) => {
      const index = view.channels.findIndex((channel) => channel.id === id)
      const before = view.channels[index]
      if (before === undefined) return view
      const after = edit(before)
      return after === before ? view : { channels: sortChannels(view.channels.with(index, after)) }
    })
  }
}
