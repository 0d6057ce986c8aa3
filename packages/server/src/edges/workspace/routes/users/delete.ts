import type { People } from '@parley/core'
import { deleteUser, renewAccessKey } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'

export function deleteUserRoute(people: People): BoundRoute {
  return implement(deleteUser, async ({ caller, params }) => {
    await people.delete(caller, params.id)
    return { ok: true }
  })
}

export function renewAccessKeyRoute(people: People): BoundRoute {
  return implement(renewAccessKey, async ({ caller, params }) => ({
    ok: true,
    accessKey: (await people.renewKey(caller, params.id)).accessKey,
  }))
}
