import type { Messages } from '@parley/core'
import { listMessages } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'
import { messageToWire } from '../../wire/message.ts'

export function listMessagesRoute(messages: Messages): BoundRoute {
  return implement(listMessages, async ({ caller, query }) => {
    const page = await messages.page(caller, query)
    return { ...page, messages: page.messages.map(messageToWire) }
  })
}
