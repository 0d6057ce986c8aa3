/** Pure rules of the channel list. */
import type { Channel, Message } from '@parley/protocol/workspace'

/** When something last happened in a channel. */
export function lastActivity(channel: Channel): string {
  return channel.lastMessage?.createdAt ?? channel.createdAt
}

/** Pinned first, then the most recent; equal moments by id, so the order never flickers. */
export function sortChannels(channels: readonly Channel[]): Channel[] {
  return channels.toSorted(
    (a, b) => Number(b.pinned) - Number(a.pinned) || compare(lastActivity(b), lastActivity(a)) || compare(a.id, b.id),
  )
}

/** A message told by the socket: preview, head and unread count. */
export function applyMessageToChannel(channel: Channel, message: Message, myId: string): Channel {
  if (channel.lastMessage !== null && message.seq < channel.lastMessage.seq) return channel
  const isNew = message.seq > (channel.lastMessage?.seq ?? 0) && message.seq > channel.lastSeq
  const counts =
    isNew && message.seq > channel.readSeq && message.userId !== myId && message.metadata.notice === undefined
  const mentioned = counts && (message.metadata.mentions?.includes(myId) ?? false)
  return {
    ...channel,
    lastMessage: message,
    lastSeq: Math.max(channel.lastSeq, message.seq),
    unread: channel.unread + (counts ? 1 : 0),
    unreadMentions: channel.unreadMentions + (mentioned ? 1 : 0),
  }
}

/** Moves the read marker forward, never back. Nothing is unread once it reaches the last message. */
export function applyReadMarker(channel: Channel, seq: number): Channel {
  const readSeq = Math.max(channel.readSeq, seq)
  const last = channel.lastMessage?.seq ?? 0
  const done = readSeq >= last && (channel.unread > 0 || channel.unreadMentions > 0)
  if (readSeq === channel.readSeq && !done) return channel
  return { ...channel, readSeq, ...(done ? { unread: 0, unreadMentions: 0 } : {}) }
}

/** Unread things over all channels: muted ones count only when somebody was asked for by name. */
export function totalUnread(channels: readonly Channel[]): { count: number; mentions: number } {
  let count = 0
  let mentions = 0
  for (const channel of channels) {
    mentions += channel.unreadMentions
    count += channel.muted ? channel.unreadMentions : channel.unread
  }
  return { count, mentions }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
