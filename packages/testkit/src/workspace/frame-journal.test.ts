import type { Message } from '@parley/protocol/workspace'
import { expect, test } from 'vitest'
import { FrameJournal } from './frame-journal.ts'

const row = (id: string, seq: number, content: string): Message => ({
  id,
  channelId: 'ch',
  agentId: null,
  userId: 'u',
  content,
  type: 'text',
  metadata: {},
  createdAt: '2026-01-01T00:00:00Z',
  seq,
})

test('assembles a stream from its start and pieces; a new start replaces what was there', () => {
  const journal = new FrameJournal()
  const start = { messageId: 'm', channelId: 'ch', agentId: 'a' }
  journal.add({ type: 'stream_start', data: start })
  journal.add({ type: 'stream_chunk', data: { messageId: 'm', content: 'ab' } })
  expect(journal.streamed('m')).toBe('ab')
  journal.add({ type: 'stream_start', data: { ...start, content: 'abcd' } })
  journal.add({ type: 'stream_chunk', data: { messageId: 'm', content: 'ef' } })
  expect([journal.streamed('m'), journal.ended('m')]).toEqual(['abcdef', false])
  journal.add({ type: 'stream_end', data: { messageId: 'm' } })
  expect(journal.ended('m')).toBe(true)
})

test('keeps rows in log order, counts repeats and applies changes', () => {
  const journal = new FrameJournal()
  journal.add({ type: 'message', data: row('b', 2, 'second') })
  journal.add({ type: 'message', data: row('a', 1, 'first') })
  journal.add({ type: 'message', data: row('b', 2, 'second') })
  journal.add({ type: 'message_updated', data: { message: row('a', 1, 'edited'), seq: 3 } })
  expect(journal.rows('ch').map((each) => each.content)).toEqual(['edited', 'second'])
  expect([journal.timesSeen('a'), journal.timesSeen('b')]).toEqual([1, 2])
  expect(journal.arrivals('ch').map((each) => each.id)).toEqual(['b', 'a', 'b'])
  expect(journal.dump(1)).toContain('4 frames received')
})
