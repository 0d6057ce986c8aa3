/** What a client knows of one channel's log, and the pure changes to it. Positions are log sequence numbers. */
import type { Message, PendingAnswer } from '@parley/protocol/workspace'

/** A contiguous run of messages, in log order. */
export interface Segment {
  readonly ids: readonly string[]
  readonly hasOlder: boolean
}

export interface ChannelState {
  readonly messages: ReadonlyMap<string, Message>
  /** Position of the newest change applied to a message, so that a slow page never overwrites a newer state. */
  readonly revisions: ReadonlyMap<string, number>
  /** The run that ends with the newest message. */
  readonly tail: Segment
  /** A run around an older message somebody jumped to; null while the view is the tail. */
  readonly island: Segment | null
  /** Everything up to this position has been applied. */
  readonly cursor: number
  /** Answers that wait or run, in order. */
  readonly answers: readonly PendingAnswer[]
}

export interface Page {
  readonly messages: readonly Message[]
  readonly hasMore: boolean
  readonly hasNewer: boolean
  readonly lastSeq: number
}

export const emptyChannel: ChannelState = {
  messages: new Map(),
  revisions: new Map(),
  tail: { ids: [], hasOlder: false },
  island: null,
  cursor: 0,
  answers: [],
}

/** The run on screen. */
export function viewOf(state: ChannelState): Segment {
  return state.island ?? state.tail
}

/** The messages on screen, in log order. */
export function messagesOf(state: ChannelState, segment: Segment = viewOf(state)): Message[] {
  const list: Message[] = []
  for (const id of segment.ids) {
    const message = state.messages.get(id)
    if (message) list.push(message)
  }
  return list
}

/**
 * A message told by the socket. `position` is where the log tells it: the cursor moves up to it. `revision` orders it against other
 * states of the same message; an older one changes nothing.
 */
export function applyMessage(
  state: ChannelState,
  message: Message,
  position: number,
  revision: number = position,
): ChannelState {
  const cursor = Math.max(state.cursor, position)
  if (state.messages.has(message.id) && (state.revisions.get(message.id) ?? 0) > revision) return { ...state, cursor }
  const stored = store(state, [message], revision)
  return {
    ...state,
    ...stored,
    cursor,
    tail: insert(state.tail, message, stored.messages, true),
    island: state.island && insert(state.island, message, stored.messages, false),
  }
}

/**
 * A `message` frame: a new message, or the finished text under the id of an answer we know. The frame of a finished answer carries no
 * position of its own, so it counts as newer than what we have, unless a page has already shown the answer finished.
 */
export function applyMessageFrame(state: ChannelState, message: Message): ChannelState {
  const known = state.messages.get(message.id)
  const revision = state.revisions.get(message.id) ?? 0
  if (known === undefined) return applyMessage(state, message, message.seq)
  if (known.metadata.answer?.status !== 'streaming' && revision > state.cursor) return advanceCursor(state, message.seq)
  return applyMessage(state, message, message.seq, Math.max(revision, message.seq))
}

/** The newest page: becomes the tail, or extends it when the two touch. */
export function applyNewestPage(state: ChannelState, page: Page): ChannelState {
  const stored = store(state, page.messages, page.lastSeq)
  const ids = page.messages.map((message) => message.id)
  const first = ids[0]
  const touches = first === undefined || state.tail.ids.includes(first)
  // Live messages may have come after the page was read; they stay behind it.
  const later = state.tail.ids.filter(
    (id) => positionOf(stored.messages, id) > (page.messages.at(-1)?.seq ?? 0) && !ids.includes(id),
  )
  const tail: Segment = touches
    ? {
        ids: merge(state.tail.ids, ids, stored.messages),
        hasOlder: state.tail.ids.length > 0 ? state.tail.hasOlder : page.hasMore,
      }
    : { ids: [...ids, ...later], hasOlder: page.hasMore }
  return joinRuns({ ...state, ...stored, tail, cursor: Math.max(state.cursor, page.lastSeq) })
}

/** The page before the run on screen. */
export function applyOlderPage(state: ChannelState, page: Page): ChannelState {
  const stored = store(state, page.messages, page.lastSeq)
  const view = viewOf(state)
  const next: Segment = {
    ids: merge(
      view.ids,
      page.messages.map((message) => message.id),
      stored.messages,
    ),
    hasOlder: page.hasMore,
  }
  return state.island ? { ...state, ...stored, island: next } : { ...state, ...stored, tail: next }
}

/** The page after the island; joins it with the tail once they meet. */
export function applyNewerPage(state: ChannelState, page: Page): ChannelState {
  if (state.island === null) return state
  const stored = store(state, page.messages, page.lastSeq)
  const island: Segment = {
    ...state.island,
    ids: merge(
      state.island.ids,
      page.messages.map((message) => message.id),
      stored.messages,
    ),
  }
  const next = { ...state, ...stored, island }
  return page.hasNewer
    ? joinRuns(next)
    : joinRuns({
        ...next,
        tail: { ids: merge(island.ids, state.tail.ids, stored.messages), hasOlder: island.hasOlder },
      })
}

/** A page around an old message: the view leaves the tail, unless they touch. */
export function applyPageAround(state: ChannelState, page: Page): ChannelState {
  const stored = store(state, page.messages, page.lastSeq)
  const island: Segment = { ids: page.messages.map((message) => message.id), hasOlder: page.hasMore }
  const tail = page.hasNewer
    ? state.tail
    : { ids: merge(island.ids, state.tail.ids, stored.messages), hasOlder: island.hasOlder }
  return joinRuns({ ...state, ...stored, island, tail })
}

/** Messages that are only referred to: known, but in no run. */
export function applyReferences(state: ChannelState, page: Page): ChannelState {
  return { ...state, ...store(state, page.messages, page.lastSeq) }
}

/** Back to the newest messages. */
export function leaveIsland(state: ChannelState): ChannelState {
  return state.island === null ? state : { ...state, island: null }
}

/** Replaces the tail after the socket was skipped ahead: nothing of the old runs can be trusted to be current. */
export function replaceTail(state: ChannelState, pages: readonly Page[]): ChannelState {
  const empty: ChannelState = { ...emptyChannel, answers: state.answers }
  const [newest, ...older] = pages
  if (newest === undefined) return state
  return older.reduce((next, page) => applyOlderPage(next, page), applyNewestPage(empty, newest))
}

export function applyAnswers(state: ChannelState, answers: readonly PendingAnswer[]): ChannelState {
  return { ...state, answers }
}

export function advanceCursor(state: ChannelState, seq: number): ChannelState {
  return seq > state.cursor ? { ...state, cursor: seq } : state
}

function store(
  state: ChannelState,
  messages: readonly Message[],
  seq: number,
): Pick<ChannelState, 'messages' | 'revisions'> {
  const byId = new Map(state.messages)
  const revisions = new Map(state.revisions)
  for (const message of messages) {
    if (byId.has(message.id) && (revisions.get(message.id) ?? 0) > seq) continue
    byId.set(message.id, message)
    revisions.set(message.id, seq)
  }
  return { messages: byId, revisions }
}

function insert(segment: Segment, message: Message, messages: ReadonlyMap<string, Message>, isTail: boolean): Segment {
  if (segment.ids.includes(message.id)) return segment
  const first = segment.ids[0]
  const last = segment.ids.at(-1)
  if (first === undefined || last === undefined) return isTail ? { ...segment, ids: [message.id] } : segment
  const beforeFirst = message.seq < positionOf(messages, first)
  const afterLast = message.seq > positionOf(messages, last)
  if ((beforeFirst && segment.hasOlder) || (afterLast && !isTail)) return segment
  return { ...segment, ids: merge(segment.ids, [message.id], messages) }
}

function joinRuns(state: ChannelState): ChannelState {
  if (state.island === null) return state
  const tailIds = new Set(state.tail.ids)
  if (!state.island.ids.some((id) => tailIds.has(id))) return state
  const islandFirst = positionOf(state.messages, state.island.ids[0])
  const tailFirst = positionOf(state.messages, state.tail.ids[0])
  const hasOlder = islandFirst <= tailFirst ? state.island.hasOlder : state.tail.hasOlder
  return { ...state, island: null, tail: { ids: merge(state.island.ids, state.tail.ids, state.messages), hasOlder } }
}

function merge(a: readonly string[], b: readonly string[], messages: ReadonlyMap<string, Message>): readonly string[] {
  const last = a.at(-1)
  const first = b[0]
  // The usual case: one message or page goes to an end.
  if (last === undefined) return b
  if (first === undefined) return a
  if (positionOf(messages, first) > positionOf(messages, last)) return [...a, ...b]
  return [...new Set([...a, ...b])].sort((x, y) => positionOf(messages, x) - positionOf(messages, y))
}

function positionOf(messages: ReadonlyMap<string, Message>, id: string | undefined): number {
  return id === undefined ? 0 : (messages.get(id)?.seq ?? 0)
}
