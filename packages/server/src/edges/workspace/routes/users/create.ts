import type { People } from '@parley/core'
import { createUser } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'
import type { Liveness } from '../../wire/channel.ts'
import { personToWire } from '../../wire/person.ts'

export function createUserRoute(people: People, liveness: Liveness): BoundRoute {
  return implement(createUser, async ({ caller, body }) => {
    const { person, accessKey } = await people.create(caller, body)
    return { ok: true, user: personToWire(person, liveness), accessKey }
  })
}
