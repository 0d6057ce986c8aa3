import type { Channels } from '@parley/core'
import { putChannelPreferences } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'

export function putChannelPreferencesRoute(channels: Channels): BoundRoute {
  return implement(putChannelPreferences, async ({ caller, params, body }) => {
    await channels.setPreferences(caller, params.id, body)
    return { ok: true }
  })
}
