import type { Channels } from '@parley/core'
import { markRead } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'

export function markReadRoute(channels: Channels): BoundRoute {
  return implement(markRead, async ({ caller, params, body }) => ({
    ok: true,
    readSeq: await channels.markRead(caller, params.id, body.seq),
  }))
}
