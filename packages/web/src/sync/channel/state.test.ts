import type { Message } from '@parley/protocol/workspace'
import { describe, expect, it } from 'vitest'
import {
  applyMessage,
  applyMessageFrame,
  applyNewerPage,
  applyNewestPage,
  applyOlderPage,
  applyPageAround,
  type ChannelState,
  emptyChannel,
  leaveIsland,
  messagesOf,
  type Page,
  viewOf,
} from './state.ts'

const message = (seq: number, content = `text ${seq}`, fields: Partial<Message> = {}): Message => ({
  id: `msg_${seq}`,
  channelId: 'ch',
  agentId: null,
  userId: 'user',
  content,
  type: 'text',
  metadata: {},
  createdAt: new Date(seq * 1000).toISOString(),
  seq,
  ...fields,
})
const range = (from: number, to: number): Message[] =>
  Array.from({ length: to - from + 1 }, (_, index) => message(from + index))
const page = (messages: Message[], fields: Partial<Page> = {}): Page => ({
  messages,
  hasMore: true,
  hasNewer: false,
  lastSeq: messages.at(-1)?.seq ?? 0,
  ...fields,
})
const seqs = (state: ChannelState): number[] => messagesOf(state).map(({ seq }) => seq)
const loaded = applyNewestPage(emptyChannel, page(range(61, 100)))

describe('the log of a channel', () => {
  it('grows at the end by messages and at the beginning by pages', () => {
    const state = applyOlderPage(applyMessage(loaded, message(101), 101), page(range(21, 60), { lastSeq: 101 }))
    expect(seqs(state)).toEqual(Array.from({ length: 81 }, (_, index) => index + 21))
    expect(state.cursor).toBe(101)
    expect(viewOf(state).hasOlder).toBe(true)
  })

  it('shows a message once, however often it is told', () => {
    const once = applyMessage(loaded, message(101), 101)
    const twice = applyMessageFrame(applyMessage(once, message(101), 101), message(101))
    expect(seqs(twice)).toEqual(seqs(once))
  })

  it('replaces a message in its place when it changes', () => {
    const state = applyMessage(loaded, message(70, 'edited'), 101)
    expect(state.messages.get('msg_70')?.content).toBe('edited')
    expect(seqs(state)).toEqual(seqs(loaded))
    expect(state.cursor).toBe(101)
  })

  it('does not let a late page or an old change undo a newer one', () => {
    const edited = applyMessage(loaded, message(70, 'second edit'), 105)
    expect(applyNewestPage(edited, page(range(61, 100), { lastSeq: 100 })).messages.get('msg_70')?.content).toBe(
      'second edit',
    )
    const replayed = applyMessage(edited, message(70, 'first edit'), 103)
    expect(replayed.messages.get('msg_70')?.content).toBe('second edit')
  })

  it('takes the finished answer in place of the running one', () => {
    const running = applyMessage(loaded, message(101, '', { metadata: { answer: { status: 'streaming' } } }), 101)
    const later = applyMessage(running, message(102), 102)
    const done = applyMessageFrame(later, message(101, 'all of it', { metadata: { answer: { status: 'done' } } }))
    expect(done.messages.get('msg_101')?.content).toBe('all of it')
    expect(seqs(done).slice(-2)).toEqual([101, 102])
    expect(done.cursor).toBe(102)
  })

  it('keeps changes of messages that are not loaded out of the run', () => {
    expect(seqs(applyMessage(loaded, message(5, 'edited'), 101))).toEqual(seqs(loaded))
  })

  it('replaces the run when the newest page does not touch it, so that there is no hole', () => {
    const state = applyNewestPage(loaded, page(range(161, 200)))
    expect(seqs(state)[0]).toBe(161)
    expect(viewOf(state).hasOlder).toBe(true)
  })

  it('keeps what was told while the first page was on its way', () => {
    const early = applyMessage(emptyChannel, message(41), 41)
    expect(seqs(applyNewestPage(early, page(range(1, 40), { hasMore: false })))).toEqual(
      Array.from({ length: 41 }, (_, index) => index + 1),
    )
  })
})

describe('a jump to an old message', () => {
  const island = applyPageAround(loaded, page(range(1, 20), { hasMore: false, hasNewer: true, lastSeq: 100 }))

  it('shows the messages around it without losing the newest ones', () => {
    expect(seqs(island)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    expect(seqs(leaveIsland(island))).toEqual(seqs(loaded))
  })

  it('does not mix new messages into the old run', () => {
    const state = applyMessage(island, message(101), 101)
    expect(seqs(state).at(-1)).toBe(20)
    expect(seqs(leaveIsland(state)).at(-1)).toBe(101)
  })

  it('becomes one run with the newest messages where they meet', () => {
    const near = applyNewerPage(island, page(range(21, 60), { hasNewer: true, lastSeq: 100 }))
    expect(near.island).not.toBeNull()
    const met = applyNewerPage(near, page(range(61, 100), { hasNewer: false }))
    expect(met.island).toBeNull()
    expect(seqs(met)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1))
    expect(viewOf(met).hasOlder).toBe(false)
  })

  it('is no jump when the page touches the newest messages', () => {
    const state = applyPageAround(loaded, page(range(50, 70), { hasNewer: true, lastSeq: 100 }))
    expect(state.island).toBeNull()
    expect(seqs(state)[0]).toBe(50)
  })
})
