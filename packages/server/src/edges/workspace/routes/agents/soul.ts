import type { Agents } from '@parley/core'
import { getSoul, putSoul } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'

export function getSoulRoute(agents: Agents): BoundRoute {
  return implement(getSoul, async ({ caller, params }) => ({ content: await agents.soul(caller, params.id) }))
}

export function putSoulRoute(agents: Agents): BoundRoute {
  return implement(putSoul, async ({ caller, params, body }) => {
    await agents.writeSoul(caller, params.id, body.content)
    return { ok: true }
  })
}
