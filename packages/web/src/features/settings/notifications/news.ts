/** Which channels have something new to tell, from two states of the list. Pure. */
import type { Channel, Message } from '@parley/protocol/workspace'

export interface News {
  readonly channel: Channel
  readonly message: Message
}

interface NewsState {
  /** Ids of answers that began: they are told when they are finished, not when they start. */
  readonly writing: ReadonlySet<string>
}

export const noNews: NewsState = { writing: new Set() }

function isWriting(message: Message): boolean {
  return message.metadata.answer?.status === 'streaming'
}

/** What arrived between `before` and `now` and is worth a notification for `myId`. */
export function newsOf(
  before: readonly Channel[],
  now: readonly Channel[],
  state: NewsState,
  myId: string,
): { readonly news: readonly News[]; readonly state: NewsState } {
  const unread = new Map(before.map((channel) => [channel.id, channel.unread]))
  const writing = new Set(state.writing)
  const news: News[] = []
  for (const channel of now) {
    const message = channel.lastMessage
    if (message === null || channel.muted || message.userId === myId) continue
    const more = channel.unread > (unread.get(channel.id) ?? 0)
    const finished = writing.has(message.id) && !isWriting(message)
    if (more && isWriting(message)) writing.add(message.id)
    else if (more || finished) {
      writing.delete(message.id)
      news.push({ channel, message })
    }
  }
  return { news, state: { writing } }
}
