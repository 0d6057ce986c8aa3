/** One channel on this client: loads pages, applies frames, keeps the cursor from which a new subscription continues. */
import type {
  AnswersFrame,
  LaggedFrame,
  Message,
  MessageFrame,
  MessageUpdatedFrame,
  StreamStartFrame,
} from '@parley/protocol/workspace'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { LiveAnswers } from '../answers/live-answers.ts'
import type { ApiClient } from '../api/client.ts'
import { ApiError } from '../api/error.ts'
import {
  applyAnswers,
  applyMessage,
  applyMessageFrame,
  applyNewerPage,
  applyNewestPage,
  applyOlderPage,
  applyPageAround,
  applyReferences,
  type ChannelState,
  emptyChannel,
  leaveIsland,
  type Page,
  replaceTail,
  viewOf,
} from './state.ts'

export interface ChannelView {
  readonly log: ChannelState
  readonly phase: 'loading' | 'ready' | 'failed'
  readonly failure: ApiError | null
  readonly loadingOlder: boolean
  readonly loadingNewer: boolean
}

export interface ChannelContext {
  readonly api: ApiClient
  readonly live: LiveAnswers
  /** Asks the socket for everything after the cursor; does nothing while it is closed. */
  readonly subscribe: (channelId: string, after: number, offsets: Record<string, number>) => void
  /** Every message the socket told us, after it was applied. */
  readonly onMessage: (message: Message) => void
  /** The messages of every page that was read. */
  readonly onPage: (messages: readonly Message[]) => void
}

const PAGE = 40
/** Pages fetched again after the socket was skipped ahead. */
const REFRESH_PAGES = 5

export class ChannelClient {
  readonly id: string
  readonly store: StoreApi<ChannelView>
  readonly #context: ChannelContext
  readonly #abort = new AbortController()
  #loading: Promise<void> | null = null

  constructor(id: string, context: ChannelContext) {
    this.id = id
    this.#context = context
    this.store = createStore<ChannelView>(() => ({
      log: emptyChannel,
      phase: 'loading',
      failure: null,
      loadingOlder: false,
      loadingNewer: false,
    }))
  }

  get #view(): ChannelView {
    return this.store.getState()
  }

  /** Loads the newest page and subscribes behind it. Safe to call again after a failure. */
  load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null
    })
    return this.#loading
  }

  async #load(): Promise<void> {
    if (this.#view.phase === 'ready') return
    this.store.setState({ phase: 'loading', failure: null })
    try {
      const page = await this.#page({})
      this.store.setState((view) => ({ phase: 'ready', log: applyNewestPage(view.log, page) }))
      this.subscribe()
      await this.#loadAnswers()
    } catch (error) {
      if (this.#abort.signal.aborted) return
      this.store.setState({ phase: 'failed', failure: asApiError(error) })
    }
  }

  async #loadAnswers(): Promise<void> {
    try {
      const { answers } = await this.#context.api.call(
        'listAnswers',
        { params: { id: this.id } },
        { signal: this.#abort.signal },
      )
      this.store.setState((view) => ({ log: applyAnswers(view.log, answers) }))
    } catch {
      // The next `answers` frame tells it.
    }
  }

  /** Called after each (re)connection: continues behind the cursor and behind the text held of running answers. */
  subscribe(): void {
    if (this.#view.phase !== 'ready') return
    const log = this.#view.log
    const running = [...log.messages.values()].filter((message) => message.metadata.answer?.status === 'streaming')
    const offsets = this.#context.live.offsets(running.map((message) => message.id))
    this.#context.subscribe(this.id, log.cursor, offsets)
  }

  /** After a reconnection the list of waiting answers may be stale as well; a channel that failed to load tries again. */
  reconnected(): void {
    if (this.#view.phase === 'ready') {
      this.subscribe()
      void this.#loadAnswers()
    } else if (this.#view.phase === 'failed') void this.load()
  }

  /** Loads the page before the run on screen. Throws {@link ApiError}. */
  async loadOlder(limit: number = PAGE): Promise<void> {
    const { log, loadingOlder, phase } = this.#view
    const view = viewOf(log)
    const before = view.ids[0]
    if (loadingOlder || phase !== 'ready' || !view.hasOlder || before === undefined) return
    this.store.setState({ loadingOlder: true })
    try {
      const page = await this.#page({ before, limit })
      this.store.setState((current) =>
        viewOf(current.log).ids[0] === before ? { log: applyOlderPage(current.log, page) } : current,
      )
    } finally {
      this.store.setState({ loadingOlder: false })
    }
  }

  async loadNewer(): Promise<void> {
    const { log, loadingNewer } = this.#view
    const after = log.island?.ids.at(-1)
    if (loadingNewer || after === undefined) return
    this.store.setState({ loadingNewer: true })
    try {
      const page = await this.#page({ after })
      this.store.setState((current) => ({ log: applyNewerPage(current.log, page) }))
    } finally {
      this.store.setState({ loadingNewer: false })
    }
  }

  /** Makes sure that a message is in the run on screen. False when it does not exist (any more). */
  async reveal(messageId: string): Promise<boolean> {
    await this.load()
    const { log } = this.#view
    if (viewOf(log).ids.includes(messageId)) return true
    if (log.tail.ids.includes(messageId)) {
      this.showNewest()
      return true
    }
    try {
      const page = await this.#page({ around: messageId })
      this.store.setState((current) => ({ log: applyPageAround(current.log, page) }))
      return true
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return false
      throw error
    }
  }

  /** Learns a message another one refers to, without showing it in the run. False when it does not exist (any more). */
  async learn(messageId: string): Promise<boolean> {
    if (this.#view.log.messages.has(messageId)) return true
    try {
      const page = await this.#page({ around: messageId, limit: 1 })
      this.store.setState((current) => ({ log: applyReferences(current.log, page) }))
      return page.messages.some((message) => message.id === messageId)
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return false
      throw error
    }
  }

  /** Back to the newest messages. */
  showNewest(): void {
    this.store.setState((view) => ({ log: leaveIsland(view.log) }))
  }

  message(frame: MessageFrame): void {
    const message = frame.data
    this.store.setState((view) => ({ log: applyMessageFrame(view.log, message) }))
    this.#settle(message)
  }

  updated(frame: MessageUpdatedFrame): void {
    const { message, seq } = frame.data
    const before = this.#view.log.messages.get(message.id)
    this.store.setState((view) => ({ log: applyMessage(view.log, message, seq) }))
    if (
      message.metadata.answer?.status === 'streaming' &&
      before?.metadata.answer &&
      before.metadata.answer.status !== 'streaming'
    ) {
      this.#context.live.restart(message.id)
    }
    this.#settle(message)
  }

  /** The row of an answer that starts: known already, or made from the frame until the stored one is told. */
  streamStarted(frame: StreamStartFrame): void {
    const { messageId, agentId, seq, createdAt, triggerId, model } = frame.data
    this.store.setState((view) => {
      const known = view.log.messages.get(messageId)
      const position = known?.seq ?? seq ?? view.log.cursor + 1
      const message: Message = {
        id: messageId,
        channelId: this.id,
        agentId,
        userId: null,
        content: '',
        type: 'text',
        createdAt: createdAt ?? new Date().toISOString(),
        seq: position,
        metadata: {
          ...known?.metadata,
          answer: {
            ...(triggerId === undefined ? {} : { triggerId }),
            ...(model === undefined ? {} : { model }),
            status: 'streaming',
          },
        },
      }
      // The cursor stays: the stored row has not been told yet, and telling it twice is harmless.
      const revision = Math.max(view.log.revisions.get(messageId) ?? 0, position)
      return { log: applyMessage(view.log, message, view.log.cursor, revision) }
    })
    const row = this.#view.log.messages.get(messageId)
    if (row) this.#context.onMessage(row)
  }

  answers(frame: AnswersFrame): void {
    this.store.setState((view) => ({ log: applyAnswers(view.log, frame.data.answers) }))
  }

  /** The socket was skipped ahead: read by HTTP what was missed, then subscribe behind it. */
  async lagged(_frame: LaggedFrame): Promise<void> {
    const wanted = this.#view.log.tail.ids.length
    const pages: Page[] = [await this.#page({})]
    while (pages.length < REFRESH_PAGES && pages.reduce((sum, page) => sum + page.messages.length, 0) < wanted) {
      const oldest = pages.at(-1)
      const before = oldest?.messages[0]?.id
      if (!oldest?.hasMore || before === undefined) break
      pages.push(await this.#page({ before }))
    }
    this.store.setState((view) => ({ log: replaceTail(view.log, pages) }))
    this.subscribe()
  }

  /** The server ended the subscription: the person is no member any more, or the channel is gone. */
  refused(status: number, message: string): void {
    this.store.setState({ phase: 'failed', failure: new ApiError(status, `http_${status}`, message) })
  }

  dispose(): void {
    this.#abort.abort()
  }

  #settle(message: Message): void {
    if (message.metadata.answer?.status !== 'streaming') this.#context.live.drop(message.id)
    this.#context.onMessage(message)
  }

  async #page(where: { before?: string; after?: string; around?: string; limit?: number }): Promise<Page> {
    const page = await this.#context.api.call(
      'listMessages',
      { query: { channelId: this.id, limit: PAGE, ...where } },
      { signal: this.#abort.signal },
    )
    this.#context.onPage(page.messages)
    return page
  }
}

function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(0, 'unreachable', String(error))
}
