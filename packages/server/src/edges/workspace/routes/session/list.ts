import type { Sessions } from '@parley/core'
import { listSessions } from '@parley/protocol/workspace'
import { type BoundRoute, implement } from '../../route-handler.ts'
import { sessionToWire } from '../../wire/person.ts'

export function listSessionsRoute(sessions: Sessions): BoundRoute {
  return implement(listSessions, async ({ caller }) => ({
    sessions: (await sessions.list(caller)).map(sessionToWire),
  }))
}
