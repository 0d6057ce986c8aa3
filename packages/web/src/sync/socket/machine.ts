/**
 * Life of the socket as a pure function: `(state, input) → { state, effects }`. Times are milliseconds.
 * The shell in `client.ts` owns the WebSocket and the timer and does what the effects say.
 */
import { backoffDelay } from '@parley/base'
import type { ClientFrame } from '@parley/protocol/workspace'

export type SocketState =
  /** Not started, or stopped. */
  | { readonly phase: 'idle' }
  /** A socket is being opened or waits for `auth_ok`. */
  | { readonly phase: 'connecting'; readonly attempt: number; readonly downSince: number }
  /** Frames flow. `quiet` says how long the other side may stay silent before it is given up. */
  | { readonly phase: 'open'; readonly probing: boolean }
  /** The next try is at `until`. */
  | { readonly phase: 'waiting'; readonly attempt: number; readonly until: number; readonly downSince: number }
  /** The browser says there is no network. */
  | { readonly phase: 'offline'; readonly downSince: number }
  /** The session is over; only a new login helps. */
  | { readonly phase: 'ended' }

export type SocketInput =
  | { readonly type: 'start'; readonly online: boolean }
  | { readonly type: 'stop' }
  | { readonly type: 'opened' }
  | { readonly type: 'authenticated' }
  | { readonly type: 'heard' }
  | { readonly type: 'closed'; readonly code: number }
  | { readonly type: 'timer' }
  | { readonly type: 'online' }
  | { readonly type: 'offline' }
  /** The page became visible, or the person asked to reconnect now. */
  | { readonly type: 'wake' }

export type SocketEffect =
  | { readonly type: 'open' }
  | { readonly type: 'close' }
  | { readonly type: 'send'; readonly frame: ClientFrame }
  /** Replaces the one timer. */
  | { readonly type: 'timer'; readonly after: number }
  | { readonly type: 'ended' }

export interface SocketStep {
  readonly state: SocketState
  readonly effects: readonly SocketEffect[]
}

export interface SocketTiming {
  /** From opening to `auth_ok`. */
  readonly handshake: number
  /** Silence after which a ping is sent. */
  readonly heartbeat: number
  /** Silence after a ping after which the socket is given up. */
  readonly pong: number
  readonly backoff: { readonly base: number; readonly max: number }
}

export const defaultTiming: SocketTiming = {
  handshake: 10_000,
  heartbeat: 25_000,
  pong: 8_000,
  backoff: { base: 800, max: 30_000 },
}

/** Close codes after which reconnecting with the same cookie is pointless. */
const ENDED_CODES = new Set([4401, 4403])

export const initialSocketState: SocketState = { phase: 'idle' }

export function stepSocket(
  state: SocketState,
  input: SocketInput,
  now: number,
  timing: SocketTiming = defaultTiming,
  random: () => number = Math.random,
): SocketStep {
  const stay: SocketStep = { state, effects: [] }
  const connect = (attempt: number, downSince: number): SocketStep => ({
    state: { phase: 'connecting', attempt, downSince },
    effects: [{ type: 'open' }, { type: 'timer', after: timing.handshake }],
  })
  const wait = (attempt: number, downSince: number): SocketStep => {
    const delay = backoffDelay(timing.backoff, attempt, random)
    return {
      state: { phase: 'waiting', attempt: attempt + 1, until: now + delay, downSince },
      effects: [{ type: 'timer', after: delay }],
    }
  }
  const since = 'downSince' in state ? state.downSince : now

  if (input.type === 'stop') return { state: { phase: 'idle' }, effects: [{ type: 'close' }] }
  if (input.type === 'start') {
    if (state.phase !== 'idle' && state.phase !== 'ended') return stay
    return input.online ? connect(0, now) : { state: { phase: 'offline', downSince: now }, effects: [] }
  }
  if (state.phase === 'idle' || state.phase === 'ended') return stay

  switch (input.type) {
    case 'opened':
      return state.phase === 'connecting' ? { state, effects: [{ type: 'send', frame: { type: 'auth' } }] } : stay
    case 'authenticated':
      return state.phase === 'connecting'
        ? { state: { phase: 'open', probing: false }, effects: [{ type: 'timer', after: timing.heartbeat }] }
        : stay
    case 'heard':
      return state.phase === 'open'
        ? {
            state: state.probing ? { phase: 'open', probing: false } : state,
            effects: [{ type: 'timer', after: timing.heartbeat }],
          }
        : stay
    case 'closed':
      if (ENDED_CODES.has(input.code)) return { state: { phase: 'ended' }, effects: [{ type: 'ended' }] }
      if (state.phase === 'connecting') return wait(state.attempt, state.downSince)
      return state.phase === 'open' ? wait(0, now) : stay
    case 'offline':
      return state.phase === 'offline'
        ? stay
        : { state: { phase: 'offline', downSince: since }, effects: [{ type: 'close' }] }
    case 'online':
      return state.phase === 'offline' || state.phase === 'waiting' ? connect(0, since) : stay
    case 'wake':
      if (state.phase === 'waiting') return connect(state.attempt, state.downSince)
      return state.phase === 'open' && !state.probing ? probe(timing) : stay
    case 'timer':
      if (state.phase === 'waiting') return connect(state.attempt, state.downSince)
      if (state.phase === 'connecting') return giveUp(wait(state.attempt, state.downSince))
      if (state.phase === 'open') return state.probing ? giveUp(wait(0, now)) : probe(timing)
      return stay
  }
}

function probe(timing: SocketTiming): SocketStep {
  return {
    state: { phase: 'open', probing: true },
    effects: [
      { type: 'send', frame: { type: 'ping' } },
      { type: 'timer', after: timing.pong },
    ],
  }
}

function giveUp(step: SocketStep): SocketStep {
  return { state: step.state, effects: [{ type: 'close' }, ...step.effects] }
}
