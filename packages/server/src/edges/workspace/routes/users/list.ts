import type { People } from '@parley/core'
import { listUsers } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'
import type { Liveness } from '../../wire/channel.ts'
import { personToWire } from '../../wire/person.ts'

export function listUsersRoute(people: People, liveness: Liveness): BoundRoute {
  return implement(listUsers, async ({ caller }) => ({
    users: (await people.list(caller)).map((person) => personToWire(person, liveness)),
  }))
}
