import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  defaultTiming,
  initialSocketState,
  type SocketEffect,
  type SocketInput,
  type SocketState,
  stepSocket,
} from './machine.ts'

const run = (
  inputs: readonly SocketInput[],
  start: SocketState = initialSocketState,
): { state: SocketState; effects: SocketEffect[] } => {
  let state = start
  const effects: SocketEffect[] = []
  for (const input of inputs) {
    const step = stepSocket(state, input, 1_000, defaultTiming, () => 0)
    state = step.state
    effects.push(...step.effects)
  }
  return { state, effects }
}

const start: SocketInput = { type: 'start', online: true }
const opened: SocketInput[] = [start, { type: 'opened' }, { type: 'authenticated' }]

describe('the socket machine', () => {
  it('opens, authenticates and then beats', () => {
    const { state, effects } = run(opened)
    expect(state).toEqual({ phase: 'open', probing: false })
    expect(effects.map((effect) => effect.type)).toEqual(['open', 'timer', 'send', 'timer'])
    expect(effects[2]).toEqual({ type: 'send', frame: { type: 'auth' } })
  })

  it('pings after silence and gives up when the ping stays unanswered', () => {
    const probing = run([...opened, { type: 'timer' }])
    expect(probing.state).toEqual({ phase: 'open', probing: true })
    expect(probing.effects).toContainEqual({ type: 'send', frame: { type: 'ping' } })
    const lost = run([{ type: 'timer' }], probing.state)
    expect(lost.state.phase).toBe('waiting')
    expect(lost.effects[0]).toEqual({ type: 'close' })
  })

  it('takes any frame as an answer to the ping', () => {
    const { state } = run([...opened, { type: 'timer' }, { type: 'heard' }])
    expect(state).toEqual({ phase: 'open', probing: false })
  })

  it('waits longer with each failed try and starts short again after a success', () => {
    const failures = (count: number): SocketInput[] =>
      Array.from({ length: count }, () => [{ type: 'closed', code: 1006 }, { type: 'timer' }] as const).flat()
    const delayAfter = (count: number): number => {
      const { state } = run([start, ...failures(count), { type: 'closed', code: 1006 }])
      return state.phase === 'waiting' ? state.until - 1_000 : -1
    }
    const delays = [0, 1, 2, 3, 10].map(delayAfter)
    expect(delays).toEqual([400, 800, 1_600, 3_200, 15_000])
    const { state } = run([
      start,
      ...failures(5),
      { type: 'opened' },
      { type: 'authenticated' },
      { type: 'closed', code: 1006 },
    ])
    expect(state).toMatchObject({ phase: 'waiting', until: 1_400 })
  })

  it('remembers since when it is down over all tries', () => {
    const step = (state: SocketState, input: SocketInput, now: number) =>
      stepSocket(state, input, now, defaultTiming, () => 0).state
    let state = run(opened).state
    state = step(state, { type: 'closed', code: 1006 }, 5_000)
    state = step(state, { type: 'timer' }, 6_000)
    state = step(state, { type: 'closed', code: 1006 }, 7_000)
    expect(state).toMatchObject({ phase: 'waiting', downSince: 5_000 })
  })

  it.each([4401, 4403])('does not come back by itself after close code %i', (code) => {
    const { state, effects } = run([
      ...opened,
      { type: 'closed', code },
      { type: 'timer' },
      { type: 'online' },
      { type: 'wake' },
    ])
    expect(state.phase).toBe('ended')
    expect(effects.filter((effect) => effect.type === 'ended')).toHaveLength(1)
  })

  it('rests while the browser is offline and connects at once when it is back', () => {
    const offline = run([...opened, { type: 'offline' }])
    expect(offline.state.phase).toBe('offline')
    expect(run([{ type: 'timer' }, { type: 'wake' }], offline.state).state.phase).toBe('offline')
    expect(run([{ type: 'online' }], offline.state).effects[0]).toEqual({ type: 'open' })
  })

  it('tries at once when the person returns to the page', () => {
    const waiting = run([...opened, { type: 'closed', code: 1006 }])
    expect(run([{ type: 'wake' }], waiting.state).state.phase).toBe('connecting')
  })

  it('keeps its promises under any sequence of inputs', () => {
    const input = fc.oneof(
      fc.constantFrom<SocketInput>(
        { type: 'stop' },
        { type: 'opened' },
        { type: 'authenticated' },
        { type: 'heard' },
        { type: 'timer' },
        { type: 'online' },
        { type: 'offline' },
        { type: 'wake' },
      ),
      fc.record({ type: fc.constant('start' as const), online: fc.boolean() }),
      fc.record({ type: fc.constant('closed' as const), code: fc.constantFrom(1000, 1006, 1012, 4401, 4403, 4408) }),
    )
    fc.assert(
      fc.property(fc.array(input, { maxLength: 60 }), (inputs) => {
        let state: SocketState = initialSocketState
        for (const next of inputs) {
          const step = stepSocket(state, next, 0, defaultTiming, () => 0.5)
          const kinds = step.effects.map((effect) => effect.type)
          // A second socket is only opened when none is in use.
          expect(!kinds.includes('open') || ['idle', 'ended', 'waiting', 'offline'].includes(state.phase)).toBe(true)
          // Whoever waits for time to pass has a timer running.
          const timed = step.state.phase !== state.phase && ['connecting', 'open', 'waiting'].includes(step.state.phase)
          expect(!timed || kinds.includes('timer')).toBe(true)
          // Nothing is sent where nobody listens.
          expect(!kinds.includes('send') || ['connecting', 'open'].includes(step.state.phase)).toBe(true)
          state = step.state
        }
      }),
    )
  })
})
