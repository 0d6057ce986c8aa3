import { bells } from '../bells.ts'
import { coreErrors } from '../errors.ts'
import type { Ledger } from '../ledger.ts'
import { auditOp } from '../policy/audit-op.ts'
import type { SessionReader, SessionRecord, UserReader, UserRecord, WriteOp } from '../ports/index.ts'
import type { Stamps } from '../stamps.ts'
import type { Caller } from './caller.ts'
import type { LoginLimiter } from './login-limiter.ts'
import { equalDigests, fromHex, newToken, sha256, sha256Hex, toHex } from './secrets.ts'
import { TokenDigests } from './token-digests.ts'

export interface SessionsPorts {
  readonly users: UserReader
  readonly sessions: SessionReader
  readonly limiter: LoginLimiter
  readonly ledger: Ledger
  readonly stamps: Stamps
}

export interface SessionsOptions {
  /** The key, or its hex SHA-256 where only that was kept. */
  readonly ownerKey: string | { readonly sha256: string }
  /** Sliding life of a session in milliseconds; 7 days. */
  readonly ttlMs?: number
  /** Least time between two stored touches of one session in milliseconds; 5 minutes. */
  readonly touchEveryMs?: number
}

export interface Client {
  readonly ip: string
  readonly userAgent: string
}

export interface Login {
  /** 64 hex characters: the value of the cookie. */
  readonly token: string
  readonly caller: Caller
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
  readonly ttlMs: number
}

export type SessionView = Omit<SessionRecord, 'tokenHash' | 'userId'> & { readonly current: boolean }

const DAY_MS = 86_400_000
const DEFAULT_TTL_MS = 7 * DAY_MS
const DEFAULT_TOUCH_MS = 5 * 60_000
/** Sessions one person may have at once; the least recently seen one ends when there are more. */
const MAX_SESSIONS = 100
const MAX_USER_AGENT = 300

/** Logins (spec/workspace §1.1). Ended sessions ring `sessions:{userId}`: authenticate that person's sockets again. */
export class Sessions {
  readonly #ports: SessionsPorts
  readonly #ownerDigest: Promise<Uint8Array>
  readonly #ttlMs: number
  readonly #touchEveryMs: number
  readonly #digests = new TokenDigests()

  constructor(ports: SessionsPorts, options: SessionsOptions) {
    this.#ports = ports
    const { ownerKey } = options
    this.#ownerDigest = typeof ownerKey === 'string' ? sha256(ownerKey) : Promise.resolve(fromHex(ownerKey.sha256))
    this.#ttlMs = options.ttlMs ?? DEFAULT_TTL_MS
    this.#touchEveryMs = options.touchEveryMs ?? DEFAULT_TOUCH_MS
  }

  /** Errors: `invalid_password`, `login_throttled` (retryAfter). Audited. */
  async login(password: string, client: Client): Promise<Login> {
    const { limiter, ledger, stamps } = this.#ports
    limiter.attempt(client.ip)
    const userAgent = client.userAgent.slice(0, MAX_USER_AGENT)
    const user = await this.#userOf(password)
    if (!user) {
      await ledger.commit([auditOp(stamps, 'anonymous', 'login.failed', client.ip, { userAgent })])
      throw coreErrors.invalid_password()
    }
    limiter.succeeded(client.ip)
    const token = newToken()
    const now = stamps.now()
    const session: SessionRecord = {
      id: stamps.id('sess'),
      tokenHash: await sha256Hex(token),
      userId: user.id,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: now + this.#ttlMs,
      ip: client.ip,
      userAgent,
    }
    const unit: WriteOp[] = [
      { op: 'session.delete-expired', now },
      { op: 'session.put', record: session },
      auditOp(stamps, user.id, 'login.ok', session.id, { ip: client.ip, userAgent }),
    ]
    const surplus = await this.#surplus(user.id)
    for (const id of surplus) unit.push({ op: 'session.delete', id })
    await ledger.commit(unit, surplus.length > 0 ? [bells.sessions(user.id)] : [])
    return { token, caller: callerOf(user, session), expiresAt: session.expiresAt, ttlMs: this.#ttlMs }
  }

  /**
   * Hot: two point reads, and at most one touch per `touchEveryMs`, which nobody waits for.
   * Undefined for unknown, ended and malformed tokens.
   */
  async authenticate(token: string, ip?: string): Promise<Caller | undefined> {
    const digest = await this.#digests.of(token)
    if (digest === undefined) return undefined
    const session = await this.#ports.sessions.byTokenHash(digest)
    const now = this.#ports.stamps.now()
    const user = session && session.expiresAt > now ? await this.#ports.users.get(session.userId) : undefined
    if (!session || !user) {
      this.#digests.forget(token)
      return undefined
    }
    this.#digests.remember(token, digest)
    if (now - session.lastSeenAt >= this.#touchEveryMs) this.#touch(session, now, ip)
    return callerOf(user, session)
  }

  async logout(caller: Caller): Promise<void> {
    await this.#end(caller, caller.sessionId)
  }

  /** The caller's own sessions, the one seen last first. */
  async list(caller: Caller): Promise<readonly SessionView[]> {
    const now = this.#ports.stamps.now()
    const records = await this.#ports.sessions.listFor(caller.userId)
    return records
      .filter((record) => record.expiresAt > now)
      .toSorted((left, right) => right.lastSeenAt - left.lastSeenAt)
      .map(({ tokenHash: _hash, userId: _user, ...view }) => ({ ...view, current: view.id === caller.sessionId }))
  }

  /** Ends one of the caller's own sessions. Errors: `session_not_found`, also for those of others. */
  async revoke(caller: Caller, sessionId: string): Promise<void> {
    const own = await this.#ports.sessions.listFor(caller.userId)
    if (!own.some((session) => session.id === sessionId)) {
      throw coreErrors.session_not_found({ details: { id: sessionId } })
    }
    await this.#end(caller, sessionId)
  }

  /** Removes the rows of ended sessions; call it hourly. */
  async sweep(): Promise<void> {
    await this.#ports.ledger.commit([{ op: 'session.delete-expired', now: this.#ports.stamps.now() }])
  }

  /** Both comparisons always run, so the time taken does not tell which kind of key was tried. */
  async #userOf(password: string): Promise<UserRecord | undefined> {
    // An empty key is never right, not even for an installation that was given none.
    if (password === '') return undefined
    const digest = await sha256(password)
    const isOwnerKey = equalDigests(digest, await this.#ownerDigest)
    const person = await this.#ports.users.byKeyHash(toHex(digest))
    if (!isOwnerKey) return person
    return (await this.#ports.users.list()).find((user) => user.role === 'owner')
  }

  async #surplus(userId: string): Promise<readonly string[]> {
    const sessions = await this.#ports.sessions.listFor(userId)
    const kept = MAX_SESSIONS - 1
    const byLastSeen = sessions.toSorted((left, right) => right.lastSeenAt - left.lastSeenAt)
    return byLastSeen.slice(kept).map((session) => session.id)
  }

  #touch(session: SessionRecord, now: number, ip?: string): void {
    const touch = {
      op: 'session.touch',
      tokenHash: session.tokenHash,
      at: now,
      ip: ip ?? session.ip,
      expiresAt: now + this.#ttlMs,
    } as const
    // A lost touch only brings the end of the session nearer; the next request tries again.
    this.#ports.ledger.commit([touch]).catch(() => {})
  }

  async #end(caller: Caller, sessionId: string): Promise<void> {
    const unit = [
      { op: 'session.delete', id: sessionId },
      auditOp(this.#ports.stamps, caller.userId, 'session.ended', sessionId),
    ] as const
    await this.#ports.ledger.commit(unit, [bells.sessions(caller.userId)])
  }
}

function callerOf(user: UserRecord, session: SessionRecord): Caller {
  return { userId: user.id, role: user.role, sessionId: session.id, name: user.name }
}
