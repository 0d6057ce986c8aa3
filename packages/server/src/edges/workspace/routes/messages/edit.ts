import type { Answers, Messages } from '@parley/core'
import { editMessage } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'
import { messageToWire } from '../../wire/message.ts'

export function editMessageRoute(messages: Messages, answers: Answers): BoundRoute {
  return implement(editMessage, async ({ caller, params, body }) => {
    const message = await messages.edit(caller, params.id, body.content)
    if (body.rerun) await answers.rerun(caller, params.id)
    return { ok: true, message: messageToWire(message) }
  })
}
