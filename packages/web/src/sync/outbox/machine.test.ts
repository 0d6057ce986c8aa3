import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  emptyOutbox,
  type OutboxEffect,
  type OutboxInput,
  type OutboxItem,
  type OutboxState,
  stepOutbox,
} from './machine.ts'

const item = (clientId: string, channelId = 'ch', createdAt = 0): OutboxItem => ({
  clientId,
  channelId,
  content: clientId,
  type: 'text',
  attachments: [],
  createdAt,
  state: 'queued',
  attempts: 0,
  dueAt: 0,
})
const run = (
  inputs: readonly OutboxInput[],
  state: OutboxState = emptyOutbox,
  now = 0,
): { state: OutboxState; effects: OutboxEffect[] } => {
  const effects: OutboxEffect[] = []
  let current = state
  for (const input of inputs) {
    const step = stepOutbox(current, input, now)
    current = step.state
    effects.push(...step.effects)
  }
  return { state: current, effects }
}
const sent = (effects: readonly OutboxEffect[]): string[] =>
  effects.flatMap((effect) => (effect.type === 'send' ? effect.item.clientId : []))
const pump: OutboxInput = { type: 'pump', online: true }

describe('the outbox', () => {
  it('sends one message of a channel at a time, in order, and channels side by side', () => {
    const first = run([
      { type: 'enqueued', item: item('a') },
      { type: 'enqueued', item: item('b') },
      { type: 'enqueued', item: item('c', 'other') },
      pump,
    ])
    expect(sent(first.effects)).toEqual(['a', 'c'])
    expect(sent(run([{ type: 'stored', clientId: 'a', messageId: 'm1' }, pump], first.state).effects)).toEqual(['b'])
  })

  it('sends nothing while offline and everything afterwards', () => {
    const { state, effects } = run([
      { type: 'enqueued', item: item('a') },
      { type: 'pump', online: false },
    ])
    expect(sent(effects)).toEqual([])
    expect(sent(run([pump], state).effects)).toEqual(['a'])
  })

  it('sends again what was on the wire when the page went away', () => {
    const { state, effects } = run([{ type: 'loaded', items: [{ ...item('a'), state: 'sending', attempts: 1 }] }, pump])
    expect(sent(effects)).toEqual(['a'])
    expect(state.items).toHaveLength(1)
  })

  it('waits as told after too many messages, and lets later ones wait behind', () => {
    const refused: OutboxInput = {
      type: 'refused',
      clientId: 'a',
      status: 429,
      code: 'rate_limited',
      transient: true,
      retryAfter: 3,
    }
    const { state, effects } = run([
      { type: 'enqueued', item: item('a') },
      { type: 'enqueued', item: item('b') },
      pump,
      refused,
      pump,
    ])
    expect(sent(effects)).toEqual(['a'])
    expect(effects).toContainEqual({ type: 'wait', after: 3_000 })
    expect(sent(run([pump], state, 3_000).effects)).toEqual(['a'])
  })

  it('keeps what was refused for good visible, until the person decides', () => {
    const refused: OutboxInput = { type: 'refused', clientId: 'a', status: 403, code: 'forbidden', transient: false }
    const { state, effects } = run([
      { type: 'enqueued', item: item('a') },
      { type: 'enqueued', item: item('b') },
      pump,
      refused,
      pump,
    ])
    expect(state.items[0]).toMatchObject({ state: 'failed', failure: { status: 403 } })
    expect(sent(effects)).toEqual(['a', 'b'])
    expect(
      sent(
        run([{ type: 'stored', clientId: 'b', messageId: 'm' }, { type: 'retry', clientId: 'a' }, pump], state).effects,
      ),
    ).toEqual(['a'])
    expect(run([{ type: 'discard', clientId: 'a' }], state).effects).toContainEqual({ type: 'erase', clientId: 'a' })
  })

  it('never gives up only because the server cannot be reached', () => {
    let state = run([{ type: 'enqueued', item: item('a') }]).state
    for (let attempt = 0; attempt < 50; attempt++) {
      state = run(
        [pump, { type: 'refused', clientId: 'a', status: 0, code: 'unreachable', transient: true }],
        state,
        attempt * 100_000,
      ).state
    }
    expect(state.items[0]?.state).toBe('queued')
    expect(run([{ type: 'reconnected' }], state, 1).state.items[0]?.dueAt).toBe(0)
  })

  it('gives up on a server that keeps failing', () => {
    let state = run([{ type: 'enqueued', item: item('a') }]).state
    for (let attempt = 0; attempt < 8; attempt++) {
      state = run(
        [pump, { type: 'refused', clientId: 'a', status: 500, code: 'internal', transient: true }],
        state,
        attempt * 100_000,
      ).state
    }
    expect(state.items[0]?.state).toBe('failed')
  })

  it('delivers every message exactly once and in order whatever the network does', () => {
    const outcome = fc.constantFrom('stored', 'lost reply', 'unreachable', 'busy', 'reload')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.array(outcome, { maxLength: 60 }), (count, outcomes) => {
        // The server stores a client id once and answers repeats with the first result.
        const log: string[] = []
        const disk = new Map<string, OutboxItem>()
        let state = emptyOutbox
        let now = 0
        const apply = (input: OutboxInput): OutboxItem[] => {
          const step = stepOutbox(state, input, now)
          state = step.state
          for (const effect of step.effects) {
            if (effect.type === 'save') disk.set(effect.item.clientId, effect.item)
            if (effect.type === 'erase') disk.delete(effect.clientId)
          }
          return step.effects.flatMap((effect) => (effect.type === 'send' ? effect.item : []))
        }
        for (let index = 0; index < count; index++) {
          const next = item(`m${index}`, 'ch', index)
          disk.set(next.clientId, next)
          apply({ type: 'enqueued', item: next })
        }
        const script = [...outcomes]
        for (let round = 0; round < 500 && log.length < count; round++) {
          now += 100_000
          const wire = apply(pump)
          expect(wire.length).toBeLessThanOrEqual(1)
          for (const message of wire) {
            const what = script.shift() ?? 'stored'
            if ((what === 'stored' || what === 'lost reply') && !log.includes(message.clientId))
              log.push(message.clientId)
            if (what === 'stored') apply({ type: 'stored', clientId: message.clientId, messageId: 'm' })
            else if (what === 'busy')
              apply({
                type: 'refused',
                clientId: message.clientId,
                status: 429,
                code: 'rate_limited',
                transient: true,
                retryAfter: 1,
              })
            else if (what === 'reload') {
              state = emptyOutbox
              apply({ type: 'loaded', items: [...disk.values()] })
            } else
              apply({ type: 'refused', clientId: message.clientId, status: 0, code: 'unreachable', transient: true })
          }
        }
        expect(log).toEqual(Array.from({ length: count }, (_, index) => `m${index}`))
      }),
    )
  })
})
