import type { People, Settings } from '@parley/core'
import { me } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'
import type { Liveness } from '../../wire/channel.ts'
import { personToWire } from '../../wire/person.ts'

export function meRoute(people: People, settings: Settings, liveness: Liveness): BoundRoute {
  return implement(me, async ({ caller }) => ({
    user: personToWire(await people.get(caller, caller.userId), liveness),
    appName: await settings.appName(),
  }))
}
