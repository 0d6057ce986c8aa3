import { bells } from '../bells.ts'
import { successionOps } from '../channels/succession.ts'
import { coreErrors } from '../errors.ts'
import type { Ledger } from '../ledger.ts'
import { reaches } from '../policy/access.ts'
import { auditOp } from '../policy/audit-op.ts'
import type { ChannelReader, Role, UserReader, UserRecord, WriteOp } from '../ports/index.ts'
import type { Stamps } from '../stamps.ts'
import { type Caller, type Person, personOf } from './caller.ts'
import { checkedName } from './name.ts'
import type { Names } from './names.ts'
import { newAccessKey, sha256Hex } from './secrets.ts'

export interface PeoplePorts {
  readonly users: UserReader
  readonly channels: ChannelReader
  readonly names: Names
  readonly ledger: Ledger
  readonly stamps: Stamps
}

export interface NewPerson {
  readonly name: string
  readonly role: Exclude<Role, 'owner'>
  readonly avatar?: string | undefined
}

export interface PersonPatch {
  readonly name?: string | undefined
  readonly avatar?: string | undefined
  readonly role?: Exclude<Role, 'owner'> | undefined
}

const OWNER_NAME = 'Owner'
const MAX_AVATAR = 300

/** The people of the workspace. Changes ring `users`; those that concern a session also ring `sessions:{userId}`. */
export class People {
  readonly #ports: PeoplePorts

  constructor(ports: PeoplePorts) {
    this.#ports = ports
  }

  /** The owner, created at the first start. */
  async ensureOwner(name: string = OWNER_NAME): Promise<Person> {
    const { users, names, ledger, stamps } = this.#ports
    return names.exclusively(async () => {
      const existing = (await users.list()).find((user) => user.role === 'owner')
      if (existing) return personOf(existing)
      const owner = { ...blank(stamps), name: checkedName(name), role: 'owner' as const, avatar: '', keyHash: null }
      await ledger.commit([{ op: 'user.put', record: owner }], [bells.users])
      return personOf(owner)
    })
  }

  async list(_caller: Caller): Promise<readonly Person[]> {
    return (await this.#ports.users.list()).map(personOf)
  }

  /** Errors: `user_not_found`. */
  async get(_caller: Caller, id: string): Promise<Person> {
    return personOf(await this.#record(id))
  }

  /** Owner only. The access key is shown this once. Errors: `forbidden`, `invalid_name`, `name_taken`. */
  async create(caller: Caller, input: NewPerson): Promise<{ readonly person: Person; readonly accessKey: string }> {
    requireOwner(caller)
    const { names, ledger, stamps } = this.#ports
    const name = checkedName(input.name)
    const accessKey = newAccessKey()
    const keyHash = await sha256Hex(accessKey)
    return names.exclusively(async () => {
      await names.assertFree([name], '')
      const record = { ...blank(stamps), name, role: input.role, avatar: checkedAvatar(input.avatar ?? ''), keyHash }
      const audit = auditOp(stamps, caller.userId, 'person.created', record.id, { role: record.role })
      await ledger.commit([{ op: 'user.put', record }, audit], [bells.users])
      return { person: personOf(record), accessKey }
    })
  }

  /**
   * People change their own name and avatar; the owner changes anybody.
   * Errors: `forbidden`, `user_not_found`, `owner_fixed`, `invalid_name`, `name_taken`.
   */
  async update(caller: Caller, id: string, patch: PersonPatch): Promise<Person> {
    if (id !== caller.userId || patch.role !== undefined) requireOwner(caller)
    const { names, ledger, stamps } = this.#ports
    return names.exclusively(async () => {
      const record = await this.#record(id)
      if (record.role === 'owner' && patch.role !== undefined) throw coreErrors.owner_fixed()
      const name = patch.name === undefined ? record.name : checkedName(patch.name)
      if (name !== record.name) await names.assertFree([name], id)
      const changed: UserRecord = {
        ...record,
        name,
        avatar: patch.avatar === undefined ? record.avatar : checkedAvatar(patch.avatar),
        role: patch.role ?? record.role,
      }
      const fields = (['name', 'avatar', 'role'] as const).filter((field) => changed[field] !== record[field])
      if (fields.length === 0) return personOf(record)
      const audit = auditOp(stamps, caller.userId, 'person.updated', id, { fields, role: changed.role })
      await ledger.commit([{ op: 'user.put', record: changed }, audit], [bells.users, bells.sessions(id)])
      return personOf(changed)
    })
  }

  /** Owner only. Ends the person's sessions and memberships; their messages stay. Errors: `forbidden`, `user_not_found`, `owner_fixed`. */
  async delete(caller: Caller, id: string): Promise<void> {
    requireOwner(caller)
    const { names, channels, ledger, stamps } = this.#ports
    await names.exclusively(async () => {
      const record = await this.#record(id)
      if (record.role === 'owner') throw coreErrors.owner_fixed()
      const unit: WriteOp[] = []
      const touched = new Set<string>([id])
      for (const channel of await channels.listFor(id)) {
        const members = await channels.members(channel.id)
        unit.push(...successionOps(members, id))
        for (const member of members) if (member.type === 'user') touched.add(member.id)
      }
      unit.push({ op: 'user.delete', id }, auditOp(stamps, caller.userId, 'person.deleted', id))
      await ledger.commit(unit, [bells.users, bells.sessions(id), ...[...touched].map(bells.user)])
    })
  }

  /** Owner only. A new access key, shown this once; the old key and the sessions opened with it end. Errors as `delete`. */
  async renewKey(caller: Caller, id: string): Promise<{ readonly accessKey: string }> {
    requireOwner(caller)
    const { names, ledger, stamps } = this.#ports
    const accessKey = newAccessKey()
    const keyHash = await sha256Hex(accessKey)
    return names.exclusively(async () => {
      const record = await this.#record(id)
      if (record.role === 'owner') throw coreErrors.owner_fixed()
      const unit = [
        { op: 'user.put', record: { ...record, keyHash } },
        { op: 'session.delete-for', userId: id },
        auditOp(stamps, caller.userId, 'person.key-renewed', id),
      ] as const
      await ledger.commit(unit, [bells.sessions(id)])
      return { accessKey }
    })
  }

  async #record(id: string): Promise<UserRecord> {
    const record = await this.#ports.users.get(id)
    if (!record) throw coreErrors.user_not_found({ details: { id } })
    return record
  }
}

function requireOwner(caller: Caller): void {
  if (!reaches(caller.role, 'owner')) throw coreErrors.forbidden({ details: { role: 'owner' } })
}

function blank(stamps: Stamps): Pick<UserRecord, 'id' | 'createdAt'> {
  return { id: stamps.id('user'), createdAt: stamps.now() }
}

function checkedAvatar(avatar: string): string {
  if (avatar.length > MAX_AVATAR) throw coreErrors.invalid_person({ details: { reason: 'The avatar is too long.' } })
  return avatar
}
