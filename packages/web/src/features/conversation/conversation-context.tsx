import type { Channel, Message } from '@parley/protocol/workspace'
import { createContext, useContext } from 'react'
import type { ChannelClient } from '../../sync/channel/channel.ts'

/** What the parts of an open conversation share. The object stays the same while its channel does. */
export interface ConversationActions {
  readonly client: ChannelClient
  /** Puts a message above the composer to reply to. */
  readonly reply: (message: Message) => void
  /** Opens one's own message in the composer. */
  readonly edit: (message: Message) => void
  readonly askDelete: (message: Message) => void
  readonly retry: (message: Message, model?: string) => void
  /** Scrolls to a message, loading around it if needed, and highlights it. */
  readonly jumpTo: (messageId: string) => void
}

export interface ConversationFacts {
  readonly channel: Channel
  readonly myId: string
  /** A direct chat: people write in bubbles. */
  readonly direct: boolean
  readonly mayWrite: boolean
  readonly mayDeleteAny: boolean
  /** Names that count as mentions in texts. */
  readonly mentionNames: readonly string[]
}

export const ActionsContext = createContext<ConversationActions | null>(null)
export const FactsContext = createContext<ConversationFacts | null>(null)

export function useConversationActions(): ConversationActions {
  const actions = useContext(ActionsContext)
  if (actions === null) throw new Error('useConversationActions is called outside of a conversation')
  return actions
}

export function useConversationFacts(): ConversationFacts {
  const facts = useContext(FactsContext)
  if (facts === null) throw new Error('useConversationFacts is called outside of a conversation')
  return facts
}
