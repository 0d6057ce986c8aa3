import type { Role, UserRecord } from '../ports/index.ts'

/** Who is asking: made by `Sessions`, taken by every use case. */
export interface Caller {
  readonly userId: string
  readonly role: Role
  readonly sessionId: string
  readonly name: string
}

/** A person as others may see them. */
export type Person = Omit<UserRecord, 'keyHash'>

export function personOf(record: UserRecord): Person {
  const { id, name, role, avatar, createdAt } = record
  return { id, name, role, avatar, createdAt }
}
