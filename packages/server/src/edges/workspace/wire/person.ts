import type { Person, SessionView } from '@parley/core'
import type { Session, Person as WirePerson } from '@parley/protocol/workspace'
import type { Liveness } from './channel.ts'

export function personToWire(person: Person, liveness: Pick<Liveness, 'isOnline'>): WirePerson {
  return {
    id: person.id,
    name: person.name,
    role: person.role,
    avatar: person.avatar,
    status: liveness.isOnline(person.id) ? 'online' : 'offline',
    createdAt: new Date(person.createdAt).toISOString(),
  }
}

export function sessionToWire(session: SessionView): Session {
  return {
    id: session.id,
    current: session.current,
    createdAt: new Date(session.createdAt).toISOString(),
    lastSeenAt: new Date(session.lastSeenAt).toISOString(),
    expiresAt: new Date(session.expiresAt).toISOString(),
    ip: session.ip,
    userAgent: session.userAgent,
  }
}
