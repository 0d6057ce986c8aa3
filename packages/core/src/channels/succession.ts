import type { MemberRecord, WriteOp } from '../ports/index.ts'

/**
 * When the owner of a channel goes, the person who runs it with them, else the one who joined first, takes over.
 * Empty when `leavingId` does not own the channel or nobody is left.
 */
export function successionOps(members: readonly MemberRecord[], leavingId: string): readonly WriteOp[] {
  const leaving = members.find((member) => member.id === leavingId)
  if (leaving?.role !== 'owner') return []
  const others = members.filter((member) => member.type === 'user' && member.id !== leavingId)
  if (others.some((member) => member.role === 'owner')) return []
  const byAge = others.toSorted((left, right) => left.joinedAt - right.joinedAt)
  const heir = byAge.find((member) => member.role === 'admin') ?? byAge[0]
  return heir ? [{ op: 'member.put', record: { ...heir, role: 'owner' } }] : []
}
