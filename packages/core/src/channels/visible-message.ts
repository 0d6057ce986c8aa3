import { hasCode } from '@parley/base'
import { channelOfKey } from '../bells.ts'
import { coreErrors } from '../errors.ts'
import type { Caller } from '../identity/caller.ts'
import type { Access, Membership } from '../policy/access.ts'
import type { LogEntry, LogReader } from '../ports/index.ts'
import { type ChannelMessage, messageOf } from './message.ts'

export interface VisibleMessage extends Membership {
  readonly entry: LogEntry
  readonly message: ChannelMessage
}

/** The message, if the caller may see it. `message_not_found` also for messages of channels the caller is not in. */
export async function visibleMessage(
  ports: { readonly log: LogReader; readonly access: Access },
  caller: Caller,
  id: string,
): Promise<VisibleMessage> {
  const entry = await ports.log.find(id)
  const channelId = entry?.kind === 'message' ? channelOfKey(entry.key) : undefined
  if (!entry || channelId === undefined) throw messageNotFound(id)
  try {
    const membership = await ports.access.member(caller, channelId)
    return { ...membership, entry, message: messageOf(entry) }
  } catch (error) {
    if (hasCode(error, 'not_a_member') || hasCode(error, 'channel_not_found')) throw messageNotFound(id)
    throw error
  }
}

export function messageNotFound(id: string): Error {
  return coreErrors.message_not_found({ details: { id: id.slice(0, 100) } })
}
