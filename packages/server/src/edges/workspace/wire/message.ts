import type { ChannelMessage } from '@parley/core'
import type { Message } from '@parley/protocol/workspace'
import type { DeepReadonly } from '../route-handler.ts'

/** The message as the contract shows it; field order follows the documented example. */
export function messageToWire(message: ChannelMessage): DeepReadonly<Message> {
  return {
    id: message.id,
    channelId: message.channelId,
    agentId: message.agentId,
    userId: message.userId,
    content: message.content,
    type: message.type,
    metadata: message.metadata,
    createdAt: new Date(message.at).toISOString(),
    seq: message.seq,
  }
}
