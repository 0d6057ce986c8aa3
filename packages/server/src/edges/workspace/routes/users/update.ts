import type { People } from '@parley/core'
import { updateUser } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'
import type { Liveness } from '../../wire/channel.ts'
import { personToWire } from '../../wire/person.ts'

export function updateUserRoute(people: People, liveness: Liveness): BoundRoute {
  return implement(updateUser, async ({ caller, params, body }) => ({
    ok: true,
    user: personToWire(await people.update(caller, params.id, body), liveness),
  }))
}
