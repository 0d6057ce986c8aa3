import type { Settings } from '@parley/core'
import { updateSettings } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'

export function updateSettingsRoute(settings: Settings): BoundRoute {
  return implement(updateSettings, async ({ caller, body }) => {
    await settings.update(caller, body)
    return { ok: true }
  })
}
