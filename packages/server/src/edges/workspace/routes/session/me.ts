import type { People, Settings } from '@parley/core'
import { me } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'
import type { SessionCookie } from '../../session-cookie.ts'
import type { Liveness } from '../../wire/channel.ts'
import { personToWire } from '../../wire/person.ts'

/** Every page load asks this, so it is where the cookie is renewed. */
export function meRoute(people: People, settings: Settings, liveness: Liveness, cookie: SessionCookie): BoundRoute {
  return implement(me, async ({ caller, http }) => {
    const user = personToWire(await people.get(caller, caller.userId), liveness)
    cookie.renew(http.request, http.reply)
    return { user, appName: await settings.appName() }
  })
}
