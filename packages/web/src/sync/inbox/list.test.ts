import type { Channel, Message } from '@parley/protocol/workspace'
import { describe, expect, it } from 'vitest'
import { applyMessageToChannel, applyReadMarker, sortChannels, totalUnread } from './list.ts'

const message = (seq: number, fields: Partial<Message> = {}): Message => ({
  id: `msg_${seq}`,
  channelId: 'ch',
  agentId: null,
  userId: 'user_b',
  content: 'hi',
  type: 'text',
  metadata: {},
  createdAt: new Date(seq * 1000).toISOString(),
  seq,
  ...fields,
})
const channel = (id: string, fields: Partial<Channel> = {}): Channel => ({
  id,
  name: id,
  type: 'group',
  avatar: '',
  leaderAgentId: null,
  agentIds: [],
  userIds: [],
  pinned: false,
  muted: false,
  createdAt: new Date(0).toISOString(),
  lastSeq: 0,
  readSeq: 0,
  unread: 0,
  unreadMentions: 0,
  lastMessage: null,
  draft: '',
  ...fields,
})

describe('the channel list', () => {
  it('shows pinned channels first, then the most recent', () => {
    const list = sortChannels([
      channel('old', { lastMessage: message(1) }),
      channel('pinned', { pinned: true }),
      channel('new', { lastMessage: message(9) }),
    ])
    expect(list.map(({ id }) => id)).toEqual(['pinned', 'new', 'old'])
  })

  it('counts what others wrote behind the marker, and mentions of oneself', () => {
    const before = channel('ch', { readSeq: 1, lastSeq: 1 })
    const after = [message(2), message(3, { metadata: { mentions: ['me'] } }), message(4, { userId: 'me' })].reduce(
      (at, next) => applyMessageToChannel(at, next, 'me'),
      before,
    )
    expect(after).toMatchObject({ unread: 2, unreadMentions: 1, lastSeq: 4 })
  })

  it('counts a finished answer only once', () => {
    const writing = message(2, { agentId: 'a', userId: null, metadata: { answer: { status: 'streaming' } } })
    const done = { ...writing, content: 'done', metadata: { answer: { status: 'done' as const } } }
    const after = [writing, done].reduce((at, next) => applyMessageToChannel(at, next, 'me'), channel('ch'))
    expect(after.unread).toBe(1)
    expect(after.lastMessage?.content).toBe('done')
  })

  it('moves the marker only forward and clears the counts at the end', () => {
    const unread = channel('ch', { readSeq: 2, unread: 3, unreadMentions: 1, lastMessage: message(5), lastSeq: 7 })
    expect(applyReadMarker(unread, 1)).toBe(unread)
    expect(applyReadMarker(unread, 4)).toMatchObject({ readSeq: 4, unread: 3 })
    expect(applyReadMarker(unread, 5)).toMatchObject({ readSeq: 5, unread: 0, unreadMentions: 0 })
  })

  it('counts only mentions of muted channels', () => {
    expect(
      totalUnread([channel('a', { unread: 3 }), channel('b', { unread: 9, unreadMentions: 2, muted: true })]),
    ).toEqual({ count: 5, mentions: 2 })
  })
})
