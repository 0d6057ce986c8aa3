import type { Message, PendingAnswer } from '@parley/protocol/workspace'
import { describe, expect, it } from 'vitest'
import type { OutboxItem } from '../../../sync/outbox/machine.ts'
import { buildRows, type Row, type RowsInput } from './rows.ts'

const minute = 60_000
const noon = new Date(2026, 2, 5, 12).getTime()
const message = (seq: number, fields: Partial<Message> & { at?: number } = {}): Message => ({
  id: `msg_${seq}`,
  channelId: 'ch',
  agentId: null,
  userId: 'ada',
  content: 'text',
  type: 'text',
  metadata: {},
  createdAt: new Date(noon + (fields.at ?? seq * 1000)).toISOString(),
  seq,
  ...fields,
})
const pending = (clientId: string): OutboxItem => ({
  clientId,
  channelId: 'ch',
  content: 'mine',
  type: 'text',
  attachments: [],
  createdAt: noon + minute,
  state: 'queued',
  attempts: 0,
  dueAt: 0,
})
const answer = (fields: Partial<PendingAnswer> = {}): PendingAnswer => ({
  jobId: 'job',
  agentId: 'bot',
  triggerId: 'msg_1',
  status: 'queued',
  position: 0,
  messageId: null,
  ...fields,
})
const rows = (input: Partial<RowsInput>): Row[] =>
  buildRows({
    messages: [],
    pending: [],
    answers: [],
    unreadAfter: null,
    myId: 'me',
    hasOlder: false,
    atNewest: true,
    ...input,
  })
const kinds = (input: Partial<RowsInput>): string[] =>
  rows(input).map((row) => ('first' in row ? `${row.type}${row.first ? '!' : ''}` : row.type))

describe('the lines of a conversation', () => {
  it('group what one speaker writes within five minutes', () => {
    const messages = [
      message(1),
      message(2),
      message(3, { userId: 'bo' }),
      message(4, { userId: 'bo', at: 6 * minute }),
    ]
    expect(kinds({ messages })).toEqual(['day', 'message!', 'message', 'message!', 'message!'])
  })

  it('begin each day with its name', () => {
    const messages = [message(1), message(2, { at: 24 * 60 * minute })]
    expect(kinds({ messages })).toEqual(['day', 'message!', 'day', 'message!'])
  })

  it('put the unread line before the first message of others, once', () => {
    const messages = [message(1), message(2, { userId: 'me' }), message(3), message(4)]
    expect(kinds({ messages, unreadAfter: 1 })).toEqual([
      'day',
      'message!',
      'message!',
      'unread',
      'message!',
      'message',
    ])
    expect(kinds({ messages, unreadAfter: 4 })).not.toContain('unread')
  })

  it('show an own message once while it turns from pending into stored, under one key', () => {
    const before = rows({ messages: [message(1)], pending: [pending('c1')] })
    const after = rows({
      messages: [message(1), message(2, { userId: 'me', metadata: { clientId: 'c1' } })],
      pending: [pending('c1')],
    })
    expect(before.at(-1)).toMatchObject({ type: 'pending', key: 'c1' })
    expect(after.at(-1)).toMatchObject({ type: 'message', key: 'c1' })
    expect(after).toHaveLength(before.length)
  })

  it('show nothing of the end while an older part is on screen', () => {
    expect(kinds({ messages: [message(1)], pending: [pending('c1')], answers: [answer()], atNewest: false })).toEqual([
      'day',
      'message!',
    ])
  })

  it('show who waits, until the answer has a row of its own', () => {
    expect(kinds({ messages: [message(1)], answers: [answer()] }).at(-1)).toBe('queued')
    const writing = message(2, { agentId: 'bot', userId: null, metadata: { answer: { status: 'streaming' } } })
    expect(
      kinds({ messages: [message(1), writing], answers: [answer({ status: 'running', messageId: 'msg_2' })] }),
    ).not.toContain('queued')
  })

  it('keep notices apart from people', () => {
    const notice = message(2, { userId: null, metadata: { notice: { code: 'loop_guard' } } })
    expect(kinds({ messages: [message(1), notice, message(3)] })).toEqual(['day', 'message!', 'notice', 'message!'])
  })

  it('do not change when older messages join above', () => {
    const messages = Array.from({ length: 30 }, (_, index) =>
      message(index + 1, { at: index * 100 * minute, userId: index % 3 ? 'ada' : 'bo' }),
    )
    const all = rows({ messages })
    const part = rows({ messages: messages.slice(12), hasOlder: true })
    expect(part).toEqual(all.slice(-part.length))
    expect(part.some((row) => row.type === 'message' && row.message.seq === 14)).toBe(true)
  })

  it('have keys of their own', () => {
    const messages = Array.from({ length: 50 }, (_, index) => message(index + 1, { at: index * 8 * 60 * minute }))
    const keys = rows({ messages, unreadAfter: 20, pending: [pending('c1')] }).map((row) => row.key)
    expect(new Set(keys).size).toBe(keys.length)
  })
})
