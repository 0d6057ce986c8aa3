import type { Settings } from '@parley/core'
import { testProvider } from '@parley/protocol/workspace'
import type { ModelDirectory } from '../../model-directory.ts'
import { type BoundRoute, implement } from '../../route-handler.ts'

export function testProviderRoute(settings: Settings, models: ModelDirectory): BoundRoute {
  return implement(testProvider, async ({ caller, body }) => models.test(await settings.candidate(caller, body)))
}
