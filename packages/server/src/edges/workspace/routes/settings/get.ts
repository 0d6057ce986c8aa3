import type { Settings } from '@parley/core'
import { getSettings } from '@parley/protocol/workspace'
import { version } from '../../../../version.ts'
import type { ModelDirectory } from '../../model-directory.ts'
import { type BoundRoute, implement } from '../../route-handler.ts'

export function getSettingsRoute(settings: Settings, models: ModelDirectory): BoundRoute {
  return implement(getSettings, async ({ caller }) => {
    const view = await settings.view(caller)
    const [offers, tools] = await Promise.all([models.offers(), models.tools()])
    const known = new Set(view.providers.map((provider) => trimSlash(provider.baseUrl)))
    return {
      ...view,
      offers: offers.filter((offer) => !known.has(trimSlash(offer.baseUrl))),
      tools,
      version,
    }
  })
}

function trimSlash(url: string): string {
  return url.replace(/\/+$/, '')
}
