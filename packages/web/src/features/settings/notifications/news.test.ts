import type { Channel, Message } from '@parley/protocol/workspace'
import { describe, expect, test } from 'vitest'
import { newsOf, noNews } from './news.ts'

const message = (id: string, more: Partial<Message> = {}): Message => ({
  id,
  channelId: 'ch_1',
  agentId: 'agent_1',
  userId: null,
  content: 'hello',
  type: 'text',
  metadata: {},
  createdAt: '2026-03-24T10:00:00Z',
  seq: 1,
  ...more,
})

const channel = (unread: number, lastMessage: Message | null, more: Partial<Channel> = {}): Channel => ({
  id: 'ch_1',
  name: 'General',
  type: 'group',
  avatar: '',
  leaderAgentId: null,
  agentIds: ['agent_1'],
  userIds: ['user_me'],
  pinned: false,
  muted: false,
  createdAt: '2026-03-24T10:00:00Z',
  lastSeq: 1,
  readSeq: 0,
  unread,
  unreadMentions: 0,
  lastMessage,
  draft: '',
  ...more,
})

const told = (before: Channel[], now: Channel[]) =>
  newsOf(before, now, noNews, 'user_me').news.map((news) => news.message.id)

describe('what is worth a notification', () => {
  test('a message that raises the unread count, once', () => {
    const first = channel(0, null)
    const second = channel(1, message('a'))
    expect(told([first], [second])).toEqual(['a'])
    expect(told([second], [second])).toEqual([])
  })

  test('nothing from oneself, from muted channels, or when something is read', () => {
    expect(told([channel(0, null)], [channel(1, message('a', { agentId: null, userId: 'user_me' }))])).toEqual([])
    expect(told([channel(0, null)], [channel(1, message('a'), { muted: true })])).toEqual([])
    expect(told([channel(3, message('a'))], [channel(0, message('a'))])).toEqual([])
  })

  test('an answer is told when it is finished, not while it is written', () => {
    const writing = message('a', { content: '', metadata: { answer: { status: 'streaming' } } })
    const begun = newsOf([channel(0, null)], [channel(1, writing)], noNews, 'user_me')
    expect(begun.news).toEqual([])
    const done = newsOf(
      [channel(1, writing)],
      [channel(1, message('a', { metadata: { answer: { status: 'done' } } }))],
      begun.state,
      'user_me',
    )
    expect(done.news.map((news) => news.message.content)).toEqual(['hello'])
    expect(newsOf([channel(1, message('a'))], [channel(1, message('a'))], done.state, 'user_me').news).toEqual([])
  })
})
