/**
 * Messages on their way, as a pure function. `queued → sending → stored | failed`; the sender's own id makes repeating harmless.
 * Within a channel one message is on the wire at a time and a later one waits for an earlier one that is still being tried;
 * one that failed for good stands aside.
 */
import type { Attachment } from '@parley/protocol/workspace'

export interface Draft {
  readonly channelId: string
  readonly content: string
  readonly type: 'text' | 'image' | 'file'
  readonly replyTo?: string
  readonly attachments: readonly Attachment[]
}

export interface OutboxItem extends Draft {
  readonly clientId: string
  /** Milliseconds since the epoch; also the order within the channel. */
  readonly createdAt: number
  readonly state: 'queued' | 'sending' | 'stored' | 'failed'
  /** Tries since the last success of anything; the wait between them grows with it. */
  readonly attempts: number
  /** Tries the server answered with an error of its own. */
  readonly errors?: number
  /** Not before this time. */
  readonly dueAt: number
  /** Why it failed: an HTTP status, 0 for none. */
  readonly failure?: { readonly status: number; readonly code: string }
  /** The stored message. */
  readonly messageId?: string
}

export interface OutboxState {
  readonly items: readonly OutboxItem[]
}

export type OutboxInput =
  | { readonly type: 'loaded'; readonly items: readonly OutboxItem[] }
  /** Shown at once; the shell saves it before it pumps. */
  | { readonly type: 'enqueued'; readonly item: OutboxItem }
  /** Time has passed, or the network is back. */
  | { readonly type: 'pump'; readonly online: boolean }
  /** Connected again: whatever waited only for the network is due. */
  | { readonly type: 'reconnected' }
  | { readonly type: 'stored'; readonly clientId: string; readonly messageId: string }
  | {
      readonly type: 'refused'
      readonly clientId: string
      readonly status: number
      readonly code: string
      readonly transient: boolean
      readonly retryAfter?: number
    }
  | { readonly type: 'retry'; readonly clientId: string }
  | { readonly type: 'discard'; readonly clientId: string }
  /** The stored message is on screen: the item has done its work. */
  | { readonly type: 'seen'; readonly clientIds: ReadonlySet<string> }

export type OutboxEffect =
  | { readonly type: 'send'; readonly item: OutboxItem }
  | { readonly type: 'save'; readonly item: OutboxItem }
  | { readonly type: 'erase'; readonly clientId: string }
  /** Pump again after this many milliseconds. */
  | { readonly type: 'wait'; readonly after: number }

export interface OutboxStep {
  readonly state: OutboxState
  readonly effects: readonly OutboxEffect[]
}

export const emptyOutbox: OutboxState = { items: [] }

/** A server that answers with errors this often in a row is not going to take the message by itself. */
const MAX_ERRORS = 8
const RETRY_BASE = 1_000
const RETRY_MAX = 60_000

export function stepOutbox(state: OutboxState, input: OutboxInput, now: number): OutboxStep {
  switch (input.type) {
    case 'loaded': {
      const known = new Set(state.items.map((item) => item.clientId))
      // What was on the wire when the page went away is sent again: the server recognises it.
      const items = input.items
        .filter((item) => !known.has(item.clientId) && item.state !== 'stored')
        .map((item) => (item.state === 'sending' ? { ...item, state: 'queued' as const } : item))
      return { state: { items: [...items, ...state.items].toSorted(byAge) }, effects: [] }
    }
    case 'enqueued':
      return { state: { items: [...state.items, input.item] }, effects: [] }
    case 'pump':
      return input.online ? pump(state, now) : { state, effects: [] }
    case 'reconnected':
      return {
        state: {
          items: state.items.map((item) =>
            item.state === 'queued' && item.failure?.status === 0 ? { ...item, dueAt: 0 } : item,
          ),
        },
        effects: [],
      }
    case 'stored':
      return {
        state: change(state, input.clientId, (item) => ({ ...item, state: 'stored', messageId: input.messageId })),
        effects: [{ type: 'erase', clientId: input.clientId }],
      }
    case 'refused':
      return refused(state, input, now)
    case 'retry':
      return saved(
        change(state, input.clientId, (item) => (item.state === 'failed' ? requeue(item) : item)),
        input.clientId,
      )
    case 'discard':
      return {
        state: { items: state.items.filter((item) => item.clientId !== input.clientId) },
        effects: [{ type: 'erase', clientId: input.clientId }],
      }
    case 'seen': {
      const gone = state.items.filter((item) => input.clientIds.has(item.clientId))
      if (gone.length === 0) return { state, effects: [] }
      return {
        state: { items: state.items.filter((item) => !input.clientIds.has(item.clientId)) },
        effects: gone.map((item) => ({ type: 'erase', clientId: item.clientId })),
      }
    }
  }
}

function pump(state: OutboxState, now: number): OutboxStep {
  const blocked = new Set<string>()
  const effects: OutboxEffect[] = []
  let soonest = Number.POSITIVE_INFINITY
  const items = state.items.map((item) => {
    if (item.state === 'stored' || item.state === 'failed') return item
    if (blocked.has(item.channelId)) return item
    blocked.add(item.channelId)
    if (item.state === 'sending') return item
    if (item.dueAt > now) {
      soonest = Math.min(soonest, item.dueAt - now)
      return item
    }
    const sending: OutboxItem = { ...item, state: 'sending', attempts: item.attempts + 1 }
    effects.push({ type: 'send', item: sending })
    return sending
  })
  if (soonest !== Number.POSITIVE_INFINITY) effects.push({ type: 'wait', after: soonest })
  return { state: { items }, effects }
}

function refused(state: OutboxState, input: Extract<OutboxInput, { type: 'refused' }>, now: number): OutboxStep {
  const next = change(state, input.clientId, (item) => {
    const failure = { status: input.status, code: input.code }
    // Being unreachable or busy says nothing about the message: it waits as long as it takes.
    const errors = (item.errors ?? 0) + (input.status === 0 || input.status === 429 ? 0 : 1)
    if (!input.transient || errors >= MAX_ERRORS) return { ...item, state: 'failed', failure }
    const delay =
      input.retryAfter === undefined
        ? Math.min(RETRY_MAX, RETRY_BASE * 2 ** (item.attempts - 1))
        : input.retryAfter * 1000
    return { ...item, state: 'queued', dueAt: now + delay, errors, failure }
  })
  return saved(next, input.clientId)
}

function requeue(item: OutboxItem): OutboxItem {
  const { failure: _failure, ...rest } = item
  return { ...rest, state: 'queued', attempts: 0, errors: 0, dueAt: 0 }
}

function change(state: OutboxState, clientId: string, edit: (item: OutboxItem) => OutboxItem): OutboxState {
  return { items: state.items.map((item) => (item.clientId === clientId ? edit(item) : item)) }
}

function saved(state: OutboxState, clientId: string): OutboxStep {
  const item = state.items.find((candidate) => candidate.clientId === clientId)
  return { state, effects: item ? [{ type: 'save', item }] : [] }
}

function byAge(a: OutboxItem, b: OutboxItem): number {
  return a.createdAt - b.createdAt
}
